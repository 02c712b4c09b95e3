using Counter.Documents;
using Customers;
using Funding.Documents;
using Issuance;
using Microsoft.EntityFrameworkCore;

namespace Funding.Allocations;

/// <summary>The customer and those cards that an allocation names, whosever they are.</summary>
internal sealed record AllocationFacts(Customer Customer, IReadOnlyDictionary<string, Card> Cards)
{
    public static async Task<AllocationFacts?> Read(
        AppDb db,
        string customerCode,
        IReadOnlyList<AllocationLine> lines,
        CancellationToken ct
    )
    {
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == customerCode, ct);
        if (customer is null)
        {
            return null;
        }

        var numbers = lines.Select(l => l.CardNumber).Distinct().ToArray();
        var cards = await db.Set<Card>().Where(c => numbers.Contains(c.Number) && c.State != CardState.Released).ToListAsync(ct);
        return new AllocationFacts(customer, cards.ToDictionary(c => c.Number));
    }
}

/// <summary>What is to be allocated, wherever its lines came from.</summary>
internal sealed record AllocationOrder(IReadOnlyList<AllocationLine> Lines, string? Remark);

/// <summary>Decides an allocation: all lines or none, each bad line named (FC-13.1, 13.4).</summary>
internal static class AllocationDecision
{
    /// <summary>A customer in another state, or lines that no balance could make good.</summary>
    public static Refusal? Check(AllocationOrder body, AllocationFacts? facts)
    {
        if (facts is null)
        {
            return new CustomerNotFound();
        }

        if (facts.Customer.State != CustomerState.Active)
        {
            return new CustomerNotUsable(Json.Name(facts.Customer.State));
        }

        var bad = new List<BadAllocationLine>();
        var seen = new HashSet<string>();
        for (var i = 0; i < body.Lines.Count; i++)
        {
            var number = body.Lines[i].CardNumber;
            if (Fault(facts, number, twice: !seen.Add(number)) is { } code)
            {
                bad.Add(new BadAllocationLine(i, number, code));
            }
        }

        return bad.Count == 0 ? null : new AllocationLinesInvalid(bad);
    }

    public static Outcome<Booking<AllocateResponse>> Decide(long id, Actor actor, AllocationOrder body, AllocationFacts? facts)
    {
        if (Check(body, facts) is { } refusal)
        {
            return refusal;
        }

        var (customer, cards) = facts!;
        var (total, points) = Totals(body);
        var booking = new Booking<AllocateResponse>(
            id,
            actor,
            new AuditNote(FundingFunctions.AllocateWithCard.Action, $"customer:{customer.Id}"),
            p => Answered(p, body, facts)
        )
            .WithHead(
                new Transaction(id, FundingTransactions.Allocation, actor)
                {
                    CustomerId = customer.Id,
                    Amount = total,
                    Points = points,
                    Remark = body.Remark,
                }
            )
            .IfShort(customer.Quota, balance => new AllocationExceedsQuota(total, balance))
            .IfShort(customer.QuotaPoints, balance => new AllocationExceedsPoints(points, balance))
            .RefuseOn(date => Expired(body, cards, date));
        foreach (var line in body.Lines)
        {
            var card = cards[line.CardNumber];
            booking.Move(customer.Quota, card.Reserve, line.Amount).Move(customer.QuotaPoints, card.ReservePoints, line.Points);
        }

        return booking;
    }

    public static (long Amount, long Points) Totals(AllocationOrder body) => (body.Lines.Sum(l => l.Amount), body.Lines.Sum(l => l.Points));

    public static AllocationLinesInvalid? Expired(AllocationOrder body, IReadOnlyDictionary<string, Card> cards, DateOnly date)
    {
        var bad = body
            .Lines.Select((l, i) => (l.CardNumber, Line: i))
            .Where(l => date > cards[l.CardNumber].ValidTo)
            .Select(l => new BadAllocationLine(l.Line, l.CardNumber, new CardNotUsable(nameof(CardState.Expired)).Code))
            .ToList();
        return bad.Count == 0 ? null : new AllocationLinesInvalid(bad);
    }

    private static string? Fault(AllocationFacts facts, string number, bool twice) =>
        twice ? "card-twice"
        : !facts.Cards.TryGetValue(number, out var card) ? "card-not-found"
        : card.CustomerId != facts.Customer.Id ? "other-customers-card"
        : card.State != CardState.Active ? new CardNotUsable(Json.Name(card.State)).Code
        : null;

    /// <summary>
    /// What an allocation shows, booked or tried. Only accounts that it moves have a balance in it; a line of money says nothing of the card's
    /// points, and the other way round.
    /// </summary>
    /// <param name="after">The balance of a moved account after the allocation.</param>
    public static AllocateResponse Shown(AllocationOrder body, AllocationFacts facts, Func<AccountRef, long> after)
    {
        var (total, points) = Totals(body);
        var customer = facts.Customer;
        return new AllocateResponse(
            null,
            customer.Code,
            total,
            points,
            total == 0 ? null : after(customer.Quota),
            points == 0 ? null : after(customer.QuotaPoints),
            [
                .. body.Lines.Select(l => new AllocatedLine(
                    l.CardNumber,
                    l.Amount,
                    l.Points,
                    l.Amount == 0 ? null : after(facts.Cards[l.CardNumber].Reserve),
                    l.Points == 0 ? null : after(facts.Cards[l.CardNumber].ReservePoints)
                )),
            ],
            null,
            null,
            []
        );
    }

    private static Answer<AllocateResponse> Answered(Posted posted, AllocationOrder body, AllocationFacts facts) =>
        Answer.Created(
            $"/v1/transactions/{posted.SerialNumber}",
            Shown(body, facts, account => posted.Balance(account.Type, account.Owner)) with
            {
                SerialNumber = posted.SerialNumber,
                BusinessDate = posted.BusinessDate,
                BookedAt = posted.BookedAt,
                Documents = FundingPapers.AllocationForm(posted.SerialNumber),
            }
        );
}
