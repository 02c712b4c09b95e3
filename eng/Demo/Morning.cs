using System.Text.Json.Nodes;

namespace Demo;

/// <summary>The card that the day is about.</summary>
internal sealed record IssuedCard(string CardNumber, string CustomerCode, string SerialNumber);

/// <summary>The counter opens: signing in, and a card for a new customer (PL-01, PL-02, FC-01).</summary>
internal sealed class Morning(Counter counter)
{
    public async Task SignIn()
    {
        var wrong = (await counter.SignIn(Person.Cashier, "Wrong2026")).Expect(401, "sign-in-failed");
        Screen.Step("Sign in, wrong password", $"refused: {wrong.Code}");
        foreach (var person in new[] { Person.Cashier, Person.Approver, Person.ManagerOfBranch })
        {
            counter.Remember(person, (await counter.SignIn(person)).Expect(200));
        }

        var me = (await counter.Get(Person.Cashier, "v1/me")).Expect(200);
        Screen.Step(
            "Sign in",
            $"{me.Text("operator.login")} ({me.Text("operator.name")}) at {me.Text("branch.code")} {me.Text("branch.name")}",
            $"business date {me.Text("businessDate")}"
        );
    }

    public async Task<IssuedCard> Issue()
    {
        Screen.Step("Blank virtual chip in the reader", $"{await counter.Hand.PutInBlank()} in {counter.Hand.Reader}");
        const string path = "v1/issuances/personal-single";
        var body = Opening(cardFee: 1_500);
        var asked = (await counter.Book(Person.Cashier, path, body)).Expect(403, "approval-required");
        Screen.Step(
            "Issue, card fee 15.00 (set: 20.00)",
            $"{asked.Code}: {asked.Text("action")}",
            await counter.Words(Person.Cashier, asked)
        );

        var own = (await counter.Approve(Person.Cashier, asked, Person.Cashier)).Expect(403, "own-approval");
        Screen.Step("Cashier approves it herself", $"refused: {own.Code}");

        var approval = (await counter.Approve(Person.Cashier, asked, Person.Approver)).Expect(201);
        var started = (await counter.Book(Person.Cashier, path, body, approval: approval.Text("approvalToken"))).Expect(202);
        var done = await counter.RunOnCard(Person.Cashier, started);
        var card = new IssuedCard(started.Text("cardNumber"), started.Text("customerCode"), done.Text("serialNumber"));
        Screen.Step(
            "Second operator approves; chip written",
            card.SerialNumber,
            [
                $"card {card.CardNumber} of customer {card.CustomerCode}; fee {Screen.Yuan(1_500)} in cash",
                .. await counter.DocumentsOf(Person.Cashier, card.SerialNumber),
            ]
        );
        return card;
    }

    public static JsonObject Opening(long cardFee) =>
        new()
        {
            ["person"] = new JsonObject
            {
                ["name"] = "王小明",
                ["certificateType"] = "residentIdentity",
                ["certificateNumber"] = "11010519491231002X",
                ["phone"] = "13800138000",
                ["plate"] = "京A12345",
            },
            ["fees"] = new JsonObject
            {
                ["cardFee"] = cardFee,
                ["deposit"] = 0,
                ["serviceFeeWaived"] = false,
                ["feeInvoice"] = false,
                ["paymentMethod"] = "cash",
            },
        };
}
