using System.Globalization;
using Customers.Reach;
using FluentValidation;
using Issuance.CardSessions;
using Issuance.Functions;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Issuing.SubCards;

/// <summary>Opens a batch of sub-cards: by customer code or with the main card present. Give one of them.</summary>
/// <param name="CustomerCode">Ten digits. <example>1000000016</example></param>
/// <param name="CardSessionId">The session of the main card.</param>
public sealed record OpenSubCardsRequest(string? CustomerCode = null, string? CardSessionId = null);

/// <summary>Opens a batch of sub-cards with the main card present. A customer code is not accepted.</summary>
/// <param name="CardSessionId">The session of the main card. <example>126437891174400000</example></param>
public sealed record OpenSubCardsWithCardRequest(string CardSessionId);

/// <summary>The functions that issue sub-cards to a kind of customer: rows of the table of preconditions, asked of the main card.</summary>
internal static class SubCardFunctions
{
    public static readonly CardFunction Personal = New(nameof(IssuePersonalSubs), "FC-03", IssuanceRights.IssuePersonalSubs, false);
    public static readonly CardFunction PersonalWithCard = New(
        nameof(IssuePersonalSubsWithCard),
        "FC-04",
        IssuanceRights.IssuePersonalSubsWithCard,
        true
    );
    public static readonly CardFunction Organisation = New(
        nameof(IssueOrganisationSubs),
        "FC-07",
        IssuanceRights.IssueOrganisationSubs,
        false
    );
    public static readonly CardFunction OrganisationWithCard = New(
        nameof(IssueOrganisationSubsWithCard),
        "FC-08",
        IssuanceRights.IssueOrganisationSubsWithCard,
        true
    );

    public static readonly IReadOnlyList<CardFunction> All = [Personal, PersonalWithCard, Organisation, OrganisationWithCard];

    /// <summary>The kind of sub-card that goes with the function's main card.</summary>
    public static CardType SubCard(CardFunction function) =>
        function.Types[0] == CardType.PersonalMain ? CardType.PersonalSub : CardType.OrganisationSub;

    private static CardFunction New(string name, string requirement, Right right, bool present)
    {
        var main = name.Contains("Personal", StringComparison.Ordinal) ? CardType.PersonalMain : CardType.OrganisationMain;
        var by = present ? FoundBy.CardPresent : FoundBy.CustomerOrCardPresent;
        return new CardFunction(
            name,
            "open-sub-card-batch",
            requirement,
            right,
            by,
            [main],
            CardFunction.ActiveOnly,
            present ? MayDo.AnyBranch : MayDo.CustomersBranch
        );
    }
}

/// <summary>Opens batches, for all four functions alike.</summary>
internal sealed class SubCardOpening(
    AppDb db,
    CardPresence presence,
    MoneyReach reach,
    SubCardBatches batches,
    TimeProvider clock,
    RequestContext request
)
{
    /// <summary>With the main card present.</summary>
    public async Task<Outcome<Booking<SubCardBatchView>>> ByCard(CardFunction function, string sessionId, CancellationToken ct)
    {
        var found = await presence.Find(sessionId, ct);
        return (found.Refusal ?? function.Check(found.Value)) is { } refusal ? refusal : await Open(function, found.Value.Customer, ct);
    }

    /// <summary>By customer code: the valid main card is the customer's own.</summary>
    public async Task<Outcome<Booking<SubCardBatchView>>> ByCode(CardFunction function, string customerCode, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == customerCode, ct);
        if (customer is null)
        {
            return new NotFound("customer");
        }

        if (await reach.Change(customer, cardSessionId: null, ct) is { } outOfReach)
        {
            return outOfReach;
        }

        if (customer.State != CustomerState.Active)
        {
            return new CustomerNotUsable(Json.Name(customer.State));
        }

        var main = await db.Set<Card>().SingleOrDefaultAsync(c => c.MainOf == customer.Id, ct);
        if (main is null)
        {
            return new NoMainCard();
        }

        return function.Check(new CardView(main, customer)) is { } refusal ? refusal : await Open(function, customer, ct);
    }

    private async Task<Outcome<Booking<SubCardBatchView>>> Open(CardFunction function, Customer customer, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var batch = new SubCardBatch
        {
            Id = Ids.Next(),
            CustomerId = customer.Id,
            BranchId = request.Caller.BranchId,
            OperatorId = request.Caller.OperatorId,
            RightName = function.Right.Name,
            CardType = SubCardFunctions.SubCard(function),
            OpenedAt = now,
            ExpiresAt = now + SubCardBatch.GoodFor,
        };
        var view = await batches.View(batch, ct);
        var note = new AuditNote(function.Action, $"customer:{customer.Id}");
        var location = string.Create(CultureInfo.InvariantCulture, $"/v1/sub-card-batches/{batch.Id}");
        return new Booking<SubCardBatchView>(Ids.Next(), request.Actor, note, _ => Answer.Created(location, view)).Insert(batch);
    }
}

/// <summary>The customer has no valid main card.</summary>
public sealed record NoMainCard()
    : Refusal("no-main-card", 409, "The customer has no valid main card.", "该客户没有有效的主卡，不能发副卡。");

internal sealed class OpenSubCardsValidator : AbstractValidator<OpenSubCardsRequest>
{
    public OpenSubCardsValidator()
    {
        RuleFor(b => b.CustomerCode!).CustomerCode().When(b => b.CustomerCode is not null);
        RuleFor(b => b.CardSessionId).IdText();
        RuleFor(b => b.CustomerCode)
            .NotNull()
            .When(b => b.CardSessionId is null)
            .WithMessage("Give customerCode or cardSessionId.", "请提供 customerCode 或 cardSessionId。");
        RuleFor(b => b.CardSessionId)
            .Null()
            .When(b => b.CustomerCode is not null)
            .WithMessage("Give one of customerCode and cardSessionId.", "customerCode 与 cardSessionId 只能提供一项。");
    }
}

/// <summary>What the four routes say alike.</summary>
internal static class SubCardRoutes
{
    public static RouteHandlerBuilder OpensSubCards(this RouteHandlerBuilder route, CardFunction function)
    {
        route
            .ForCards(
                function,
                "Opens a batch and returns the holder, the cards and the remaining sub-cards within the limit. POST "
                    + "/v1/sub-card-batches/{batchId}/cards then issues the cards one by one."
            )
            .Books<SubCardBatchView>();
        return function.By == FoundBy.CardPresent ? route : route.Refuses(typeof(NotFound), typeof(NoMainCard));
    }
}
