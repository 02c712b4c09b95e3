// Slices: SetMerchant, SetUnit, GetUnit, ListUnits, ListUnitChanges, SetInstitutionNumber.
using System.Net;

namespace Api.Tests.Billing.Electricity;

public sealed class MerchantTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-01.1"), Trait("Requirement", "EB-01.4")]
    public async Task A_unit_has_its_own_accounts_and_every_change_is_kept_with_both_values(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        var unit = (await desk.Cashier.Get($"/v1/electricity/units/{ElectricityDesk.Unit}")).Is(HttpStatusCode.OK);
        Assert.Equal((ElectricityDesk.Merchant, desk.Branch.BranchCode), (unit["merchantCode"], unit["settlementInstitution"]));

        (await desk.SetUnit(desk.UnitBody(), "\"0\"")).IsRefused(HttpStatusCode.PreconditionFailed, "precondition-failed");
        var changed = desk.UnitBody();
        changed["contractNumber"] = "DS-2026-002";
        (await desk.SetUnit(changed, "\"1\"")).Is(HttpStatusCode.OK);
        var changes = await desk.Cashier.Walk($"/v1/electricity/units/{ElectricityDesk.Unit}/changes");
        var last = changes[^1];
        Assert.Equal(
            ("contractNumber", "DS-2026-001", "DS-2026-002"),
            (last["field"]!.GetValue<string>(), last["old"]!.GetValue<string>(), last["new"]!.GetValue<string>())
        );
        Assert.NotNull(last["approverId"]);

        // Both accounts are used once, and the settlement account is a usable cheque account with that name.
        (await desk.SetUnit(desk.UnitBody(), unit: "37011")).IsRefused(HttpStatusCode.Conflict, "unit-account-used");
        var personal = await desk.Account(0, holder: "示范市供电公司");
        (await desk.SetUnit(desk.UnitBody(personal, "2610100002"), unit: "37011")).IsRefused(
            HttpStatusCode.Conflict,
            "settlement-account-unusable"
        );
        var cheque = await desk.Account(0, "cheque", "示范市供电公司");
        (await desk.SetUnit(desk.UnitBody(cheque, "2610100002"), unit: "37011")).Is(HttpStatusCode.OK);
        Assert.Equal(2, (await desk.Cashier.Walk("/v1/electricity/units?merchantCode=0006")).Count);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-01.4"), Trait("Requirement", "EB-01.5")]
    public async Task The_levels_keep_their_own_data(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        (
            await desk.Cashier.PutApproved("/v1/electricity/merchants/0007", new { name = "水务集团" }, "\"0\"", desk.Branch.Second)
        ).IsRefused(HttpStatusCode.Forbidden, "level-too-low");
        (
            await desk.Cashier.PutApproved($"/v1/electricity/merchants/0006/units/37010", desk.UnitBody(), "\"1\"", desk.Branch.Second)
        ).IsRefused(HttpStatusCode.Forbidden, "level-too-low");

        var path = $"/v1/electricity/institutions/{desk.Branch.BranchCode}";
        (await desk.Cashier.Put(path, new { institutionNumber = "901041700" }, "\"0\"")).Is(HttpStatusCode.OK);
        (await desk.Cashier.Put(path, new { institutionNumber = "90104170" }, "\"1\"")).Is(HttpStatusCode.BadRequest);
        await using var other = await TestCounter.Open(desk.Host);
        (
            await other.Cashier.Put($"/v1/electricity/institutions/{other.BranchCode}", new { institutionNumber = "901041700" }, "\"0\"")
        ).IsRefused(HttpStatusCode.Conflict, "institution-number-used");
    }
}
