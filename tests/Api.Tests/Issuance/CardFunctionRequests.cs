using Issuance.Functions;

namespace Api.Tests.Issuance;

/// <summary>A good request of each function of the table, for a card: a function that has none here fails the walk.</summary>
internal static class CardFunctionRequests
{
    public static async Task<Answered> Send(TestCounter counter, CardFunction function, IssuedCard card)
    {
        var session = function.By is FoundBy.CardPresent or FoundBy.CustomerOrCardPresent ? await counter.Present(card) : "";
        var (path, body) = Request(function.Name, card, session);
        return await counter.Cashier.Post("/v1" + path, body);
    }

    private static (string Path, object Body) Request(string function, IssuedCard card, string session) =>
        function switch
        {
            "CollectPayment" => ($"/cards/{card.Number}/collections", TestCounter.Payment(100)),
            "RechargeCustomer" => ($"/cards/{card.Number}/recharges", TestCounter.Payment(100)),
            "RechargeWithCard" => ($"/card-sessions/{session}/recharges", TestCounter.Payment(100)),
            "CollectWithCard" => ($"/card-sessions/{session}/collections", TestCounter.Payment(100)),
            "AllocateWithCard" => ($"/card-sessions/{session}/allocations", Allocation(card)),
            "ReceiveCheque" => ($"/cards/{card.Number}/cheques", ChequeDesk.ChequeBody(100)),
            "ReceiveChequeWithCard" => ($"/card-sessions/{session}/cheques", ChequeDesk.ChequeBody(100)),
            "LoadCard" => ($"/cards/{card.Number}/loads", new { amount = 1 }),
            "UnloadCard" => ($"/cards/{card.Number}/unloads", new { amount = 1 }),
            "RechargePurse" => ($"/cards/{card.Number}/purse-recharges", TestCounter.Payment(100)),
            "RechargeAndLoad" => ($"/cards/{card.Number}/recharges-with-load", Paid()),
            "RechargeAndLoadWithCard" => ($"/card-sessions/{session}/recharges-with-load", Paid()),
            "UnlockGreyCard" => ($"/cards/{card.Number}/grey-unlocks", new { withoutRecord = false }),
            "ReturnReserve" => ($"/cards/{card.Number}/returns", new { amount = 1 }),
            "RestrictCard" => ($"/cards/{card.Number}/restrictions", new { fillsPerDay = 3 }),
            "IssuePersonalSubs" => ("/issuances/personal-sub", Session(session)),
            "IssuePersonalSubsWithCard" => ("/issuances/personal-sub-card-present", Session(session)),
            "IssueOrganisationSubs" => ("/issuances/organisation-sub", Session(session)),
            "IssueOrganisationSubsWithCard" => ("/issuances/organisation-sub-card-present", Session(session)),
            "SpecialRefund" => ($"/cards/{card.Number}/special-refunds", new { way = "cash" }),
            "SpecialRefundWithCard" => ($"/card-sessions/{session}/special-refunds", new { way = "cash" }),
            "SmallRefund" => ($"/card-sessions/{session}/small-refunds", new { }),
            "OpenClosing" => ($"/card-sessions/{session}/closings", new { }),
            _ => throw new InvalidOperationException($"Add a request for {function}: the walk asks every function of the table."),
        };

    private static object Allocation(IssuedCard card) => new { lines = new[] { new { cardNumber = card.Number, amount = 1 } } };

    private static object Paid() => new { payment = TestCounter.Payment(100) };

    private static object Session(string session) => new { cardSessionId = session };
}
