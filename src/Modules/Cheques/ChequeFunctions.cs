using Issuance.Functions;

namespace Cheques;

/// <summary>This module's rows of the table of preconditions: a cheque is received for a card that payments are taken by (FC-31.1).</summary>
internal static class ChequeFunctions
{
    public static readonly CardFunction ReceiveCheque = new(
        nameof(Cheques.ReceiveCheque),
        "receive-cheque",
        "FC-31",
        ChequeRights.Receive,
        FoundBy.Number,
        CardFunction.Paying,
        CardFunction.ActiveOnly
    );

    public static readonly CardFunction ReceiveChequeWithCard = ReceiveCheque with
    {
        Name = nameof(Cheques.ReceiveChequeWithCard),
        Action = "receive-cheque",
        By = FoundBy.CardPresent,
    };
}
