// Slices: EditBranch, GetBranch, ListBranches, OpenBranch.
using System.Net;
using Access;
using Access.Branches;

namespace Api.Tests.Access;

public sealed class BranchesTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.9"), Trait("Requirement", "PL-01.10")]
    public async Task A_branch_is_opened_below_another_with_a_business_date(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var person = await below.Hire();

        Assert.Equal(office.Id, below.Branch["parentId"]!.ToString());
        var me = await person.Get("/v1/me");
        Assert.Equal(below.Code, me.Body!["branch"]!["code"]!.ToString());
        Assert.Equal(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8).ToString("yyyy-MM-dd", null), me["businessDate"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.9")]
    public async Task A_branch_is_superior_to_itself_and_to_all_below_it_and_to_no_other(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var other = await Office.Open(database);
        var tree = office.Host.Services.GetRequiredService<BranchTree>();

        Assert.True(await Superior(Branch.HeadquartersId.ToString(null as IFormatProvider), below.Id));
        Assert.True(await Superior(office.Id, below.Id));
        Assert.True(await Superior(office.Id, office.Id));
        Assert.False(await Superior(below.Id, office.Id));
        Assert.False(await Superior(other.Id, below.Id));
        Assert.False(await Superior(office.Id, "5"));

        Task<bool> Superior(string superior, string branch) =>
            tree.IsSameOrSuperior(long.Parse(superior, null), long.Parse(branch, null), CancellationToken.None);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.9"), Trait("Requirement", "PL-01.10")]
    public async Task An_administrator_reaches_his_own_branch_and_those_below_and_no_other(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var beside = await Office.Open(database);
        var manager = await office.Hire(AccessRights.Administer);

        Assert.Equal(HttpStatusCode.OK, (await manager.Get($"/v1/branches/{office.Id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await manager.Get($"/v1/branches/{below.Id}")).Status);
        Assert.Equal("branch-out-of-reach", (await manager.Get($"/v1/branches/{beside.Id}")).Code);
        Assert.Equal("branch-out-of-reach", (await manager.Get("/v1/branches/1")).Code);
        Assert.Equal("not-found", (await manager.Get("/v1/branches/5")).Code);
        var open = new
        {
            code = Office.NewCode(),
            name = "x",
            parentCode = beside.Code,
            level = "branch",
        };
        Assert.Equal("branch-out-of-reach", (await manager.Post("/v1/branches", open)).Code);

        var listed = await manager.Get("/v1/branches");
        Assert.Equal([office.Id, below.Id], listed.Body!["items"]!.AsArray().Select(b => b!["id"]!.ToString()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task A_code_that_is_taken_and_a_level_that_is_not_lower_are_refused(Database database)
    {
        var office = await Office.Open(database);
        var admin = office.Administrator;

        var taken = await admin.Post(
            "/v1/branches",
            new
            {
                code = office.Code,
                name = "x",
                parentCode = office.Code,
                level = "branch",
            }
        );
        var high = await admin.Post(
            "/v1/branches",
            new
            {
                code = Office.NewCode(),
                name = "x",
                parentCode = office.Code,
                level = "city",
            }
        );

        Assert.Equal(HttpStatusCode.Conflict, taken.Status);
        Assert.Equal("branch-code-taken", taken.Code);
        Assert.Equal("branch-level-too-high", high.Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task An_edit_needs_the_version_that_was_read(Database database)
    {
        var office = await Office.Open(database);
        var (admin, path) = (office.Administrator, $"/v1/branches/{office.Id}");
        var read = await admin.Get(path);

        var without = await admin.Put(path, new { name = "新名", active = true });
        var first = await admin.Put(path, new { name = "新名", active = true }, ("If-Match", read.ETag));
        var second = await admin.Put(path, new { name = "旧名", active = true }, ("If-Match", read.ETag));

        Assert.Equal((HttpStatusCode)428, without.Status);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.NotEqual(read.ETag, first.ETag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.Status);
        var now = await admin.Get(path);
        Assert.Equal("新名", now["name"]);
        Assert.Equal(first.ETag, now.ETag);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task Of_eight_edits_of_one_version_at_once_one_works(Database database)
    {
        var office = await Office.Open(database);
        var (admin, path) = (office.Administrator, $"/v1/branches/{office.Id}");
        var read = await admin.Get(path);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => admin.Put(path, new { name = $"名{i}", active = true }, ("If-Match", read.ETag)))
        );

        Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.OK), r => Assert.Equal(HttpStatusCode.PreconditionFailed, r.Status));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task Closing_a_branch_puts_its_operators_out_at_once(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var person = await below.Hire();
        var admin = office.Administrator;

        Assert.Equal(
            "branch-in-use",
            (await admin.Put($"/v1/branches/{office.Id}", new { name = "x", active = false }, ("If-Match", "*"))).Code
        );
        var closed = await admin.Put($"/v1/branches/{below.Id}", new { name = "x", active = false }, ("If-Match", "*"));

        Assert.Equal(HttpStatusCode.OK, closed.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
        var open = new
        {
            code = Office.NewCode(),
            name = "x",
            parentCode = below.Code,
            level = "branch",
        };
        Assert.Equal("parent-closed", (await admin.Post("/v1/branches", open)).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.3")]
    public async Task A_list_is_paged_by_cursor_and_stable_while_rows_are_added(Database database)
    {
        var office = await Office.Open(database);
        var manager = await office.Hire(AccessRights.Administer);
        for (var i = 0; i < 3; i++)
        {
            await office.OpenBelow();
        }

        var first = await manager.Get("/v1/branches?limit=2");
        await office.OpenBelow();
        var second = await manager.Get($"/v1/branches?limit=2&after={first["next"]}");
        var third = await manager.Get($"/v1/branches?limit=2&after={second["next"]}");

        var ids = new[] { first, second, third }.SelectMany(p => p.Body!["items"]!.AsArray().Select(b => b!["id"]!.ToString())).ToList();
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal("", third["next"]);
        Assert.Equal("page-invalid", (await manager.Get("/v1/branches?limit=1001")).Code);
        Assert.Equal("page-invalid", (await manager.Get("/v1/branches?after=x")).Code);
    }
}
