// Slices: ApplyForAdmission, MoveAdmission, ListAdmissions.
using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Billing.Electricity;

public sealed class AdmissionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-01.3"), Trait("Requirement", "EB-01.5")]
    public async Task An_admission_is_applied_for_agreed_to_and_opened_by_three_persons(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        await using var union = await TestCounter.Open(desk.Host);
        var body = new JsonObject
        {
            ["merchantCode"] = "0006",
            ["unionCode"] = union.BranchCode,
            ["industry"] = "power",
            ["shortName"] = "示范电力",
            ["businessKind"] = "electricity",
            ["mode"] = "online",
            ["areaCode"] = "3702",
        };
        (await desk.Cashier.Post("/v1/electricity/admissions", body)).IsRefused(HttpStatusCode.Forbidden, "union-out-of-reach");
        var applied = (await union.Cashier.Post("/v1/electricity/admissions", body)).Is(HttpStatusCode.Created);
        (await union.Second.Post("/v1/electricity/admissions", body)).IsRefused(HttpStatusCode.Conflict, "admission-known");
        var path = $"/v1/electricity/admissions/{applied["admissionId"]}";

        (await union.Second.Post($"{path}/agreement", new { })).IsRefused(HttpStatusCode.Forbidden, "level-too-low");
        (await desk.Headquarters.Second.Post($"{path}/opening", new { })).IsRefused(HttpStatusCode.Conflict, "admission-state-forbids");
        (await desk.Headquarters.Cashier.Post($"{path}/agreement", new { })).Is(HttpStatusCode.Created);
        (await desk.Headquarters.Cashier.Post($"{path}/opening", new { })).IsRefused(HttpStatusCode.Forbidden, "another-person-needed");
        var open = (await desk.Headquarters.Second.Post($"{path}/opening", new { })).Is(HttpStatusCode.Created);
        Assert.Equal("open", open["state"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-01.5")]
    public async Task A_mode_that_is_not_admitted_is_refused_with_its_name(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var batchOnly = desk.UnitBody();
        batchOnly["mode"] = "batch";
        (await desk.SetUnit(batchOnly, "\"1\"")).Is(HttpStatusCode.OK);
        var refused = await desk.Cashier.Search("/v1/electricity/quotes", new { customerNumber = await desk.Customer(1_000) });
        Assert.Equal("online", refused.IsRefused(HttpStatusCode.Conflict, "mode-not-admitted")["mode"]);
    }
}
