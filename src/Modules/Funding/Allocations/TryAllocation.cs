using Customers;
using Customers.Reach;
using FluentValidation;
using Funding.Statements;
using Issuance;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;

namespace Funding.Allocations;

/// <summary>Tries an allocation without booking it: the same rules, and each card's balances as they would be after it (FC-13.7).</summary>
internal static class TryAllocation
{
    internal sealed record Query(string CustomerCode, AllocateRequest Body) : IQuery<AllocateResponse>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CustomerCode).CustomerCode();
            RuleFor(q => q.Body).SetValidator(new Allocate.BodyValidator());
        }
    }

    internal sealed class Handler(AppDb db, AllocationDesk desk, CustomerReach reach, MoneyReach money, RequestContext request)
        : QueryHandler<Query, AllocateResponse>
    {
        protected override async Task<Outcome<AllocateResponse>> Read(Query query, CancellationToken ct)
        {
            var order = await desk.Order(query.CustomerCode, query.Body.Lines, query.Body.Remark, query.Body.TemplateId, ct);
            if (order.Refusal is { } noTemplate)
            {
                return noTemplate;
            }

            var facts = await AllocationFacts.Read(db, query.CustomerCode, order.Value.Lines, ct);
            if (await Reach(facts, query.Body.CardSessionId, ct) is { } outOfReach)
            {
                return outOfReach;
            }

            if (AllocationDecision.Check(order.Value, facts) is { } refusal)
            {
                return refusal;
            }

            var today = await db.OpenDate(request.Caller.BranchId, ct);
            if (AllocationDecision.Expired(order.Value, facts!.Cards, today) is { } expired)
            {
                return expired;
            }

            return After(order.Value, facts, await ReadBalances(facts, ct));
        }

        /// <summary>Who could not book it sees no balances by trying it.</summary>
        private async Task<Refusal?> Reach(AllocationFacts? facts, string? cardSessionId, CancellationToken ct) =>
            facts is null ? (await reach.LookUp(null, ct)).Refusal : await money.Change(facts.Customer, cardSessionId, ct);

        private Task<Dictionary<AccountKey, long>> ReadBalances(AllocationFacts facts, CancellationToken ct)
        {
            long[] owners = [facts.Customer.Id, .. facts.Cards.Values.Select(c => c.Id)];
            return db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToDictionaryAsync(a => a.Key, a => a.Balance, ct);
        }
    }

    private static Outcome<AllocateResponse> After(AllocationOrder body, AllocationFacts facts, Dictionary<AccountKey, long> balances)
    {
        var (total, points) = AllocationDecision.Totals(body);
        var quota = balances.GetValueOrDefault(facts.Customer.Quota.Key);
        var quotaPoints = balances.GetValueOrDefault(facts.Customer.QuotaPoints.Key);
        if (total > quota)
        {
            return new AllocationExceedsQuota(total, quota);
        }

        if (points > quotaPoints)
        {
            return new AllocationExceedsPoints(points, quotaPoints);
        }

        balances[facts.Customer.Quota.Key] = quota - total;
        balances[facts.Customer.QuotaPoints.Key] = quotaPoints - points;
        foreach (var line in body.Lines)
        {
            var card = facts.Cards[line.CardNumber];
            balances[card.Reserve.Key] = balances.GetValueOrDefault(card.Reserve.Key) + line.Amount;
            balances[card.ReservePoints.Key] = balances.GetValueOrDefault(card.ReservePoints.Key) + line.Points;
        }

        return AllocationDecision.Shown(body, facts, account => balances[account.Key]);
    }
}
