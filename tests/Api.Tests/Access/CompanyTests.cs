// Slices: GetCompany, SetCompany, SetCompanyLogo, DeleteCompanyLogo.
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Api.Tests.Platform;
using Api.Tests.Platform.Documents;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Problems;

namespace Api.Tests.Access;

/// <summary>Whose paper it is: the company by branch tree, on every document and on the page that verifies one (PL-05.5).</summary>
[Trait("Requirement", "PL-05.5")]
public sealed class CompanyTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    public async Task A_branch_overrides_what_is_set_above_it_detail_by_detail(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var above = await TestCounter.Open(host, headquarters: true);
        await using var below = await TestCounter.Open(host);
        Assert.Null((await Company(below)).Body["effective"]!["name"]);
        (
            await Set(
                above,
                new
                {
                    branchCode = above.BranchCode,
                    name = "总公司",
                    phone = "028-1",
                    taxNumber = "9151",
                }
            )
        ).Is(HttpStatusCode.OK);
        (await Set(above, new { branchCode = below.BranchCode, name = "城东公司" })).Is(HttpStatusCode.OK);

        var found = await Company(below);

        Assert.Equal("城东公司", found.Body["effective"]!["name"]!.GetValue<string>());
        Assert.Equal("028-1", found.Body["effective"]!["phone"]!.GetValue<string>());
        Assert.Null(found.Body["own"]!["phone"]);
        Assert.Null(found.Body["effective"]!["address"]);
        (await Set(above, new { branchCode = below.BranchCode })).Is(HttpStatusCode.OK);
        Assert.Equal("总公司", (await Company(below)).Body["effective"]!["name"]!.GetValue<string>());
        (await Set(below, new { branchCode = above.BranchCode, name = "x" })).IsRefused(HttpStatusCode.Forbidden, "branch-out-of-reach");
        await using var db = await host.OpenDatabase();
        Assert.Equal(3, await db.Set<AuditRecord>().CountAsync(a => a.Action == "set-company"));
    }

    [Theory, EachDatabase]
    public async Task The_company_and_its_logo_stand_on_the_document_and_on_the_page_that_verifies_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);
        Assert.DoesNotContain("<img", (await clerk.Show(serial, Receipt, PaperClerk.Html)).Text, StringComparison.Ordinal);
        var body = new
        {
            branchCode = counter.BranchCode,
            name = "示范能源 & <有限>公司",
            address = "示范市建设路 1 号",
            phone = "028-5555 0100",
            taxNumber = "91510100MA0000000X",
        };
        (await Set(counter, body)).Is(HttpStatusCode.OK);
        var logo = Png(240, 120);
        (await Logo(counter, logo)).Is(HttpStatusCode.OK);
        var printed = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);

        var page = await clerk.Get(printed["address"], PaperClerk.Html);
        var data = await clerk.Get(printed["address"], PaperClerk.Json);
        var address = data.Json["verificationAddress"]!.GetValue<string>();
        var verified = await PaperClerk.Scan(counter.Host.CreateClient(), address, PaperClerk.Html);
        var answered = await PaperClerk.Scan(counter.Host.CreateClient(), address, PaperClerk.Json);

        string[] onPaper =
        [
            "示范能源 &amp; &lt;有限&gt;公司",
            "示范市建设路 1 号",
            "028-5555 0100",
            "91510100MA0000000X",
            $"src=\"data:image/png;base64,{Convert.ToBase64String(logo)}\"",
        ];
        Assert.All(onPaper, p => Assert.Contains(p, page.Text.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("img-src data:;", page.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("示范能源 & <有限>公司", data.Json["head"]!["company"]!["name"]!.GetValue<string>());
        Assert.Null(data.Json["head"]!["company"]!["logo"]);
        Assert.Contains("示范能源 &amp; &lt;有限&gt;公司", verified.Text, StringComparison.Ordinal);
        Assert.Contains("028-5555 0100", verified.Text, StringComparison.Ordinal);
        Assert.Equal("示范能源 & <有限>公司", answered.Json["companyName"]!.GetValue<string>());
    }

    /// <summary>Every paper is in the one sheet, which names the company and bears the marks.</summary>
    [Fact]
    public void Every_kind_of_document_is_on_the_sheet_that_names_the_company()
    {
        var papers = Directory.GetFiles(Path.Combine(OpenApiTests.Root(), "src", "Modules"), "*Paper.razor", SearchOption.AllDirectories);
        Assert.NotEmpty(papers);
        Assert.All(papers, p => Assert.Contains("<Sheet Frame=\"Frame\"", File.ReadAllText(p), StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_logo_holds_below_its_branch_until_it_is_deleted(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var above = await TestCounter.Open(host, headquarters: true);
        await using var below = await TestCounter.Open(host);
        (await Logo(above, Png(100, 50))).Is(HttpStatusCode.OK);
        (await Logo(above, Jpeg(64, 32), below.BranchCode)).Is(HttpStatusCode.OK);

        var own = (await Company(below)).Body["logo"]!;
        Assert.Equal((below.BranchCode, "image/jpeg", 64), (own["setAt"]!.ToString(), own["mediaType"]!.ToString(), (int)own["width"]!));
        (await DeleteLogo(below)).Is(HttpStatusCode.OK);
        var inherited = (await Company(below)).Body["logo"]!;
        Assert.Equal((above.BranchCode, 100, 50), (inherited["setAt"]!.ToString(), (int)inherited["width"]!, (int)inherited["height"]!));
        (await DeleteLogo(below)).IsRefused(HttpStatusCode.NotFound, "not-found");
        (await Logo(above, Png(200, 50))).Is(HttpStatusCode.OK);
        Assert.Equal(200, (int)(await Company(below)).Body["logo"]!["width"]!);
    }

    [Fact]
    public async Task What_is_no_image_of_a_good_size_is_no_logo()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var png = Png(100, 50);
        var twice = png[..33].Concat(png[8..]).ToArray();
        (byte[] File, HttpStatusCode Status, string Code)[] refused =
        [
            (Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), HttpStatusCode.UnprocessableEntity, "logo-not-taken"),
            (png[..^12], HttpStatusCode.UnprocessableEntity, "logo-not-taken"),
            (png[..20], HttpStatusCode.UnprocessableEntity, "logo-not-taken"),
            (twice, HttpStatusCode.UnprocessableEntity, "logo-not-taken"),
            (Jpeg(64, 32)[..^2], HttpStatusCode.UnprocessableEntity, "logo-not-taken"),
            ([], HttpStatusCode.UnprocessableEntity, "logo-not-taken"),
            (Png(15, 50), HttpStatusCode.UnprocessableEntity, "logo-size-not-taken"),
            (Png(50, 1_201), HttpStatusCode.UnprocessableEntity, "logo-size-not-taken"),
            (Jpeg(60_000, 60_000), HttpStatusCode.UnprocessableEntity, "logo-size-not-taken"),
            (new byte[(64 * 1024) + 1], HttpStatusCode.RequestEntityTooLarge, "body-too-large"),
        ];
        foreach (var (file, status, code) in refused)
        {
            (await Logo(counter, file)).IsRefused(status, code);
        }

        (await Logo(counter, png, "10000000")).IsRefused(HttpStatusCode.Forbidden, "branch-out-of-reach");
        Assert.Null((await Company(counter)).Body["logo"]);
    }

    [Fact]
    public async Task A_text_with_control_characters_or_of_no_or_too_much_length_is_refused()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        foreach (var wrong in (string[])["a\nb", "", new string('x', 61)])
        {
            var answer = await Set(counter, new { branchCode = counter.BranchCode, name = wrong });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }
    }

    private static async Task<Answered> Company(TestCounter counter) => (await counter.Cashier.Get("/v1/company")).Is(HttpStatusCode.OK);

    private static Task<Answered> Set(TestCounter counter, object body) =>
        Send(counter, HttpMethod.Put, "/v1/company", JsonContent.Create(body));

    private static Task<Answered> Logo(TestCounter counter, byte[] file, string? branch = null)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return Send(counter, HttpMethod.Put, $"/v1/company/logo?branchCode={branch ?? counter.BranchCode}", content);
    }

    private static Task<Answered> DeleteLogo(TestCounter counter) =>
        Send(counter, HttpMethod.Delete, $"/v1/company/logo?branchCode={counter.BranchCode}", null);

    private static async Task<Answered> Send(TestCounter counter, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", counter.Cashier.Token);
        using var response = await counter.Host.Client.SendAsync(request);
        return await Answered.Of(response);
    }

    /// <summary>A PNG's chunks; nobody looks at its checksums here.</summary>
    private static byte[] Png(int width, int height)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", head), .. Chunk("IDAT", new byte[40]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(kind), .. content, 0, 0, 0, 0];
    }

    private static byte[] Jpeg(ushort width, ushort height) =>
        [
            .. (byte[])[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8],
            .. (byte[])[(byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0],
            .. (byte[])[0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9],
        ];
}
