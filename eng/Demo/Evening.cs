using System.Text.Json.Nodes;

namespace Demo;

/// <summary>Printing, the day's end, and a reversal on the day after (PL-04, PL-05, FC-18); then the books are asked.</summary>
internal sealed class Evening(Counter counter, IssuedCard card)
{
    private const long Missing = 100;

    public async Task Print(string title, Person who, string serialNumber)
    {
        var files = await counter.Print(who, serialNumber);
        Screen.Step(title, files[0], files.Skip(1));
    }

    /// <summary>Closes the day with one yuan less in the drawer than was booked.</summary>
    public async Task<string> CloseDay()
    {
        var day = (await counter.Get(Person.ManagerOfBranch, "v1/branch-days/current")).Expect(200);
        var booked = day.Number("cash.0.booked");
        var counted = new JsonObject { ["operator"] = Person.Cashier.Login, ["amount"] = booked - Missing };
        var body = new JsonObject { ["businessDate"] = day.Text("businessDate"), ["countedCash"] = new JsonArray(counted) };
        var closed = (await counter.Book(Person.ManagerOfBranch, "v1/branch-days/current/close", body)).Expect(201);
        if (closed.Number("cash.0.difference") != -Missing)
        {
            throw new DemoFailedException($"The day-end did not find the shortage: {closed.Content}");
        }

        Screen.Step(
            $"Close {closed.Text("businessDate")}",
            closed.Text("serialNumber"),
            $"cash booked {Screen.Yuan(booked)}, counted {Screen.Yuan(booked - Missing)}: shortage {Screen.Yuan(Missing)}; "
                + $"next date {closed.Text("nextDate")}",
            Noon.Document(closed)
        );
        return closed.Text("serialNumber");
    }

    public async Task Reverse(Noon noon, Collected yesterday)
    {
        var path = $"v1/transactions/{yesterday.SerialNumber}/reversal";
        var reversed = (await counter.BookApproved(Person.Cashier, path, noon.Again(yesterday))).Expect(201);
        Screen.Step(
            $"Reverse yesterday's {Screen.Yuan(yesterday.Amount)}",
            reversed.Text("serialNumber"),
            $"on {reversed.Text("businessDate")}, quota {Noon.Yuan(reversed, "quotaBalance")}",
            Noon.Document(reversed)
        );
    }

    public async Task ShowCustomer()
    {
        var customer = (await counter.Get(Person.Cashier, $"v1/customers/{card.CustomerCode}")).Expect(200);
        Screen.Step(
            "The customer whole",
            $"{customer.Text("name")}, certificate {customer.Text("certificateNumber")}",
            $"quota {Noon.Yuan(customer, "quota")} (refundable {Noon.Yuan(customer, "refundable")}), "
                + $"reserve {Noon.Yuan(customer, "cards.0.reserve")}, purse {Noon.Yuan(customer, "cards.0.purse")}"
        );
    }

    public async Task<bool> BooksAreSound()
    {
        var audit = (await counter.Internal("internal/audit")).Expect(200);
        var chained = audit.Member("sound").GetValue<bool>();
        Screen.Step("Audit trail", chained ? $"sound, {audit.Number("records")} records sealed so far" : audit.Content);
        var books = (await counter.Internal("internal/books?full=true")).Expect(200);
        var sound = books.Member("sound").GetValue<bool>();
        Screen.Line($"books: {(sound ? "sound" : "NOT SOUND " + books.Content)}");
        return sound && chained;
    }
}
