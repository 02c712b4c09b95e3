using Customers;
using FluentValidation;
using Funding.Allocations.Templates;
using Issuance.CardSessions;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;

namespace Funding.Allocations;

/// <summary>What both functions that allocate do alike; they differ in how the customer is found (FC-13, FC-14).</summary>
internal sealed class AllocationDesk(AppDb db, CardPresence presence, MoneyReach reach, RequestContext request)
{
    /// <summary>
    /// By customer code, at the customer's branch or above it, or with a card of the customer present; a multi-user customer's main card must be
    /// present all the same (FC-13.2).
    /// </summary>
    public async Task<Outcome<Booking<AllocateResponse>>> ByCode(string customerCode, AllocateRequest body, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == customerCode, ct);
        if (customer is { Use: CustomerUse.MultiUser } && await MissesMainCard(customerCode, body.CardSessionId, ct) is { } missing)
        {
            return missing;
        }

        if (customer is not null && await reach.Change(customer, body.CardSessionId, ct) is { } outOfReach)
        {
            return outOfReach;
        }

        return await Allocate(customerCode, body.Lines, body.Remark, body.TemplateId, ct);
    }

    /// <summary>By the card that is present, which is the main card of a multi-user customer (FC-14.1).</summary>
    public async Task<Outcome<Booking<AllocateResponse>>> ByCard(long sessionId, AllocateWithCardRequest body, CancellationToken ct)
    {
        var found = await presence.Find(sessionId, ct);
        return (found.Refusal ?? FundingFunctions.AllocateWithCard.Check(found.Value)) is { } refusal
            ? refusal
            : await Allocate(found.Value.Customer.Code, body.Lines, body.Remark, body.TemplateId, ct);
    }

    /// <summary>The lines as they were given, or as the customer's template has them (FC-13.3).</summary>
    public async Task<Outcome<AllocationOrder>> Order(
        string customerCode,
        IReadOnlyList<AllocationLine>? lines,
        string? remark,
        string? templateId,
        CancellationToken ct
    )
    {
        if (templateId is null)
        {
            return new AllocationOrder(lines!, remark);
        }

        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == customerCode, ct);
        if (customer is { Use: CustomerUse.SingleUser })
        {
            return new TemplatesAreForMultiUser();
        }

        var template = IdText.Parse(templateId) is { } id
            ? await db.Set<AllocationTemplate>().SingleOrDefaultAsync(t => t.Id == id, ct)
            : null;
        return customer is null || template?.CustomerId != customer.Id
            ? new TemplateNotFound()
            : new AllocationOrder(template.Lines, remark);
    }

    private async Task<Outcome<Booking<AllocateResponse>>> Allocate(
        string customerCode,
        IReadOnlyList<AllocationLine>? lines,
        string? remark,
        string? templateId,
        CancellationToken ct
    )
    {
        var order = await Order(customerCode, lines, remark, templateId, ct);
        return order.Refusal is { } refusal
            ? refusal
            : AllocationDecision.Decide(
                Ids.Next(),
                request.Actor,
                order.Value,
                await AllocationFacts.Read(db, customerCode, order.Value.Lines, ct)
            );
    }

    private async Task<Refusal?> MissesMainCard(string customerCode, string? sessionId, CancellationToken ct)
    {
        if (sessionId is null)
        {
            return new MainCardMustBePresent();
        }

        var found = await presence.Find(sessionId, ct);
        return found.Refusal
            ?? FundingFunctions.AllocateWithCard.Check(found.Value)
            ?? (found.Value.Customer.Code == customerCode ? null : new MainCardMustBePresent());
    }
}

/// <summary>The limits of an allocation's lines, typed or kept in a template.</summary>
internal sealed class AllocationLineValidator : AbstractValidator<AllocationLine>
{
    public AllocationLineValidator()
    {
        RuleFor(l => l.CardNumber).CardNumber();
        RuleFor(l => l.Amount).InclusiveBetween(0, Limits.CollectionFen);
        RuleFor(l => l.Points).InclusiveBetween(0, Limits.Points);
        RuleFor(l => l.Amount).GreaterThan(0).When(l => l.Points == 0).WithMessage("Give an amount or points.", "请输入金额或积分。");
    }
}
