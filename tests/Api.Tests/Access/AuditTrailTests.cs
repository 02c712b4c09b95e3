// Slices: ListAuditRecords, ExportAuditRecords.
using System.IO.Compression;
using System.Net;
using System.Text;
using Access;

namespace Api.Tests.Access;

public sealed class AuditTrailTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task A_reader_sees_his_branch_and_those_below_newest_first_page_by_page(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var beside = await Office.Open(database);
        var reader = await office.Hire(AccessRights.ReadAuditTrail);
        foreach (var place in (Office[])[office, below, beside])
        {
            await (await place.Hire()).SignIn();
        }

        var first = await reader.Get("/v1/audit-records?limit=2&action=sign-in");
        Assert.Equal(HttpStatusCode.OK, first.Status);
        var (ids, codes) = (new List<long>(), new HashSet<string>());
        for (var page = first; ; page = await reader.Get($"/v1/audit-records?limit=2&action=sign-in&after={page["next"]}"))
        {
            foreach (var item in page.Body!["items"]!.AsArray())
            {
                ids.Add(long.Parse(item!["id"]!.GetValue<string>(), null));
                codes.Add(item["branchCode"]!.GetValue<string>());
            }

            if (page.Body["next"] is null)
            {
                break;
            }
        }

        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal([office.Code, below.Code], codes.Order());
        Assert.Equal("branch-out-of-reach", (await reader.Get($"/v1/audit-records?branchCode={beside.Code}")).Code);
        var one = await reader.Get($"/v1/audit-records?branchCode={below.Code}");
        Assert.All(one.Body!["items"]!.AsArray(), i => Assert.Equal(below.Code, i!["branchCode"]!.GetValue<string>()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task The_trail_is_filtered_by_time_operator_action_outcome_subject_and_serial_number(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var before = TimeProvider.System.GetUtcNow();
        var serial = await counter.Collected(card, 500);
        await counter.Collected(card, 600);

        foreach (
            var filter in (string[])
                [
                    $"serialNumber={serial}",
                    $"subject=card:{card.Id}&action=collect-payment&operatorId={counter.Cashier.Id}&outcome=done",
                    $"recordedFrom={Uri.EscapeDataString(before.ToString("O"))}&action=collect-payment",
                ]
        )
        {
            var found = (await counter.Cashier.Get($"/v1/audit-records?{filter}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
            Assert.Equal(filter.StartsWith("serial", StringComparison.Ordinal) ? 1 : 2, found.Count);
            Assert.Equal(serial, found[^1]!["serialNumber"]!.GetValue<string>());
            Assert.Equal(counter.Cashier.Login, found[^1]!["operator"]!.GetValue<string>());
        }

        foreach (
            var none in (string[])
                [
                    $"recordedTo={Uri.EscapeDataString(before.ToString("O"))}&action=collect-payment",
                    "outcome=refused",
                    $"subject=card:{card.Id}&operatorId=9999999999999999999",
                    "subject=card:1&recordedFrom=0001-01-01T00:00:00Z&recordedTo=9999-12-31T00:00:00Z",
                ]
        )
        {
            Assert.Empty((await counter.Cashier.Get($"/v1/audit-records?{none}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray());
        }

        foreach (
            var wrong in (string[])
                ["serialNumber=1", "operatorId=x", "branchCode=1", "recordedFrom=2026-02-02T00:00:00Z&recordedTo=2026-01-01T00:00:00Z"]
        )
        {
            (await counter.Cashier.Get($"/v1/audit-records?{wrong}")).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        }

        (await counter.Cashier.Get("/v1/audit-records?limit=0")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task Reading_and_exporting_the_trail_need_a_right_of_their_own_and_are_on_record(Database database)
    {
        var office = await Office.Open(database);
        var reader = await office.Hire(AccessRights.ReadAuditTrail);
        var administrator = await office.Hire(AccessRights.Administer);
        foreach (var path in (string[])["/v1/audit-records", "/v1/audit-records/export"])
        {
            Assert.Equal("right-missing", (await administrator.Get(path)).Code);
        }

        Assert.Equal(HttpStatusCode.OK, (await reader.Get("/v1/audit-records?action=sign-in")).Status);
        await Download(office, reader, "csv");
        var kept = (await reader.Get($"/v1/audit-records?operatorId={reader.Id}&subject=audit-trail")).Body!["items"]!.AsArray();
        // The reading that shows them is on record, too, before anything is shown.
        Assert.Equal(["read-audit-trail", "export-audit-trail", "read-audit-trail"], kept.Select(i => i!["action"]!.GetValue<string>()));
        Assert.Contains("sign-in", kept[^1]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task The_trail_is_exported_as_csv_and_xlsx_with_the_lines_of_the_list(Database database)
    {
        var office = await Office.Open(database);
        var reader = await office.Hire(AccessRights.ReadAuditTrail);

        var (csv, type) = await Download(office, reader, "csv");
        Assert.Equal("text/csv", type);
        var lines = Encoding.UTF8.GetString(csv).TrimEnd().Split('\n');
        Assert.Contains("动作", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains("sign-in", StringComparison.Ordinal) && l.Contains(reader.Login, StringComparison.Ordinal));

        var (xlsx, _) = await Download(office, reader, "xlsx");
        using var zip = new ZipArchive(new MemoryStream(xlsx));
        Assert.Contains(zip.Entries, e => e.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal));
        Assert.Equal("validation-failed", (await reader.Get("/v1/audit-records/export?format=pdf")).Code);
    }

    private static async Task<(byte[] File, string? Type)> Download(Office office, Person reader, string format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/audit-records/export?format={format}");
        request.Headers.Authorization = new("Bearer", reader.AccessToken);
        using var response = await office.Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.MediaType);
    }
}
