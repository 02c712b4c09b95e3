using Access.SystemParameters;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Issuing.SubCards;

/// <summary>What one more sub-card needs.</summary>
internal enum SubCardStep
{
    WithinLimit,

    /// <summary>At the limit, and nobody has been asked yet: how many more, and an approval for them.</summary>
    AskHowMany,

    /// <summary>Beyond the limit, one of those that were approved.</summary>
    TakeOneMore,

    /// <summary>The approved ones are all issued.</summary>
    Over,
}

/// <summary>
/// The limit M of a customer's valid sub-cards (FC-03.4 to 03.6). It is looked at when a card is asked for, and holds when the card is reserved: the
/// reservation writes the customer's row under its version, so that of two counters at the same customer one counts again.
/// </summary>
internal sealed class SubCardLimit(AppDb db, Parameters parameters)
{
    /// <summary>The rule, from what is known.</summary>
    public static SubCardStep Next(long limit, long valid, SubCardBatch batch) =>
        valid < limit ? SubCardStep.WithinLimit
        : batch.More is null ? SubCardStep.AskHowMany
        : batch.MoreLeft > 0 ? SubCardStep.TakeOneMore
        : SubCardStep.Over;

    /// <summary>M at a branch, and how many valid sub-cards the customer has.</summary>
    public async Task<(long Limit, int Valid)> Read(long customerId, long branchId, CancellationToken ct)
    {
        var limit = await parameters.Number(IssuanceParameters.SubCardLimit, branchId, ct);
        var valid = await db.Set<Card>()
            .CountAsync(
                c =>
                    c.CustomerId == customerId
                    && (c.Type == CardType.PersonalSub || c.Type == CardType.OrganisationSub)
                    && (c.State == CardState.Reserved || c.State == CardState.Active),
                ct
            );
        return (limit, valid);
    }

    /// <summary>Takes the card's place under the limit, in the booking that reserves the card; a refusal when there is none.</summary>
    public async Task<Refusal?> Take(long batchId, IssueCardOrder order, long branchId, Booking booking, CancellationToken ct)
    {
        // The customer first: what is counted after it was read is at least as new as its version.
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == order.CustomerId, ct);
        if (customer.State != CustomerState.Active)
        {
            return new CustomerNotUsable(Json.Name(customer.State));
        }

        var batch = await db.Set<SubCardBatch>().SingleAsync(b => b.Id == batchId, ct);
        if (batch.ClosedById is not null)
        {
            return new SubCardBatchOver();
        }

        var (limit, valid) = await Read(order.CustomerId, branchId, ct);
        var step = Next(limit, valid, batch);
        if (step is SubCardStep.AskHowMany or SubCardStep.Over)
        {
            return step == SubCardStep.Over ? new SubCardBatchOver() : new SubCardLimitReached(limit, valid);
        }

        var beyond = step == SubCardStep.TakeOneMore;
        if (beyond)
        {
            batch.MoreLeft--;
        }

        booking
            .Update(customer)
            .Update(batch)
            .Insert(
                new SubCardBatchCard
                {
                    CardId = order.CardId,
                    BatchId = batchId,
                    BeyondLimit = beyond,
                }
            );
        return null;
    }

    /// <summary>Gives the place back of a reservation that is released.</summary>
    public async Task GiveBack(long cardId, Booking booking, CancellationToken ct)
    {
        var taken = await db.Set<SubCardBatchCard>().SingleOrDefaultAsync(c => c.CardId == cardId, ct);
        if (taken is null)
        {
            return;
        }

        booking.Delete(taken);
        if (taken.BeyondLimit)
        {
            var batch = await db.Set<SubCardBatch>().SingleAsync(b => b.Id == taken.BatchId, ct);
            batch.MoreLeft++;
            booking.Update(batch);
        }
    }
}

/// <summary>The customer has M sub-cards: say how many more are wanted, and have them approved (FC-03.4).</summary>
/// <param name="Limit">M.</param>
/// <param name="SubCards">Valid sub-cards of the customer.</param>
public sealed record SubCardLimitReached(long Limit, int SubCards)
    : Refusal(
        "sub-card-limit-reached",
        409,
        "The customer has reached the sub-card limit. Set 'more' to the number of further cards, including this one.",
        "副卡数量已达上限，请输入还需增发的数量。"
    );

/// <summary>The batch has issued its last card, was closed, or has run out of time.</summary>
public sealed record SubCardBatchOver()
    : Refusal("sub-card-batch-over", 409, "The batch is over; open another.", "本次发副卡已结束，请重新办理。");

/// <summary>Later cards of a batch take the first one's amounts (FC-03.3).</summary>
/// <param name="CardFee">工本费 of the first card, fen.</param>
/// <param name="Deposit">押金 of the first card, fen.</param>
public sealed record SubCardAmountsDiffer(long CardFee, long Deposit)
    : Refusal(
        "sub-card-amounts-differ",
        409,
        "Later cards of a batch take the amounts of the first one.",
        "本批后续副卡须与第一张的工本费、押金一致。"
    );
