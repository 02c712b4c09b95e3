using System.Security.Cryptography;
using System.Text.Json;
using Platform.Cards.Scripts;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>Makes and ends the rows of card operations; pure, so that engine and steps write them alike.</summary>
internal static class CardOperationRows
{
    internal static CardOperation Make(NewCardOperation wanted, string script, Actor actor, DateTime now, CardOperation? root = null)
    {
        var id = Ids.Next();
        return new()
        {
            Id = id,
            Kind = wanted.Kind,
            State = CardOperationState.Open,
            BranchId = actor.BranchId,
            OperatorId = actor.OperatorId,
            ApproverId = actor.ApproverId,
            CardId = wanted.CardId,
            CustomerId = wanted.CustomerId,
            CardNumber = wanted.CardNumber,
            Amount = wanted.Amount,
            OpenCard = wanted.CardId,
            Order = JsonSerializer.Serialize(wanted.Order, wanted.Order.GetType(), Json.Options),
            Script = script,
            RootId = root?.Id ?? id,
            ActiveId = id,
            CreatedAt = now,
            TouchedAt = now,
            TicketExpiresAt = root?.TicketExpiresAt ?? now + CardOperation.TicketGoodFor,
        };
    }

    /// <summary>Gives a root its ticket and the first commands; the secret is in the ticket alone.</summary>
    internal static CardOperationTicket Issue(CardOperation root, IReadOnlyList<CardCommand> commands, DateTime now)
    {
        var secret = Secrets.NewToken();
        root.TicketHash = Secrets.Hash(secret);
        (root.TicketExpiresAt, root.TouchedAt) = (now + CardOperation.TicketGoodFor, now);
        root.Reply = Store(new CardExchangeReply(1, commands, false, null));
        return new CardOperationTicket(IdText.Of(root.Id), $"{IdText.Of(root.Id)}.{secret}", root.TicketExpiresAt.AtUtc());
    }

    internal static bool TicketFits(CardOperation root, string ticket, DateTime now)
    {
        var dot = ticket.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && (root.EndedAt is not null || now < root.TicketExpiresAt)
            && CryptographicOperations.FixedTimeEquals(Secrets.Hash(ticket[(dot + 1)..]), root.TicketHash);
    }

    internal static void End(CardOperation operation, CardOutcome outcome, DateTime now)
    {
        operation.State = StateOf(outcome);
        (operation.OutcomeCode, operation.OutcomeMessage, operation.EndedAt) = (outcome.Code, outcome.Message, now);
        operation.OpenCard = operation.IsSettled ? null : operation.OpenCard;
    }

    internal static CardOperationState StateOf(CardOutcome outcome) =>
        outcome.State switch
        {
            CardOutcomeState.Confirmed => CardOperationState.Confirmed,
            CardOutcomeState.Rejected => CardOperationState.Rejected,
            CardOutcomeState.NotDone => CardOperationState.NotDone,
            CardOutcomeState.Unknown => CardOperationState.Unknown,
            _ => CardOperationState.Exception,
        };

    /// <summary>Keeps the answer to a round, so that a lost one is given again.</summary>
    internal static void Reply(CardOperation root, int round, IReadOnlyList<CardCommand> commands, CardOperation? over)
    {
        root.Round = round + 1;
        var outcome = over is null
            ? null
            : new CardExchangeOutcome(
                IdText.Of(over.Id),
                over.Kind,
                JsonNamingPolicy.CamelCase.ConvertName(over.State.ToString()),
                over.OutcomeCode!,
                over.OutcomeMessage!,
                over.TransactionId is { } t && over.State == CardOperationState.Confirmed ? SerialNumber.Of(t) : null
            );
        root.Reply = Store(new CardExchangeReply(round + 1, commands, over is not null, outcome));
    }

    private static string Store(CardExchangeReply reply) => JsonSerializer.Serialize(reply, Json.Options);
}
