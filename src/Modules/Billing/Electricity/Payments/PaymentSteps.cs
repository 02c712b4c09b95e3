using Billing.Electricity.Deposits;
using Billing.Electricity.Invoices;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Power;
using Counter.BlankInvoices;
using Microsoft.Extensions.Configuration;

namespace Billing.Electricity.Payments;

/// <summary>
/// Takes payments from state to state as the table has it (<see cref="PaymentStates"/>): each step is one booking of the row and its money, guarded
/// by the row's version, so that of two who know the answer one books it. Nothing is sent inside a booking.
/// </summary>
internal sealed class PaymentSteps(
    AppDb db,
    Books books,
    PowerClient power,
    BlankStock stock,
    TimeProvider clock,
    IConfiguration configuration
)
{
    private const int Tries = 6;

    /// <summary>Answers that say for good that the power side does not take the payment.</summary>
    private static readonly string[] s_definite = ["changed", "settled", "reversed", "not-allowed", "not-signed-on", "deposit-unknown"];

    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    /// <summary>How long after the end of its reference a payment may still reach the power side.</summary>
    private TimeSpan Grace => configuration.GetValue("Electricity:UnknownGrace", TimeSpan.FromMinutes(5));

    private TimeSpan AskEvery => configuration.GetValue("Electricity:AskEvery", TimeSpan.FromSeconds(5));

    /// <summary>So long a payer waits at the counter for a reversal; later he is owed the money.</summary>
    private TimeSpan Waits => configuration.GetValue("Electricity:PayerWaits", TimeSpan.FromMinutes(2));

    /// <summary>Tells the power side of a payment that is on disk, and books what it says.</summary>
    public Task<ElectricityPayment> Send(ElectricityPayment payment, bool payerPresent) =>
        payment.Kind == PaymentKind.Deposit ? SendDeposit(payment, payerPresent) : SendBill(payment, payerPresent);

    private async Task<ElectricityPayment> SendDeposit(ElectricityPayment payment, bool payerPresent)
    {
        var answer = await power.PayDeposit(
            await Unit(payment),
            payment.Reference,
            IdText.Of(payment.Id),
            payment.SerialNumber,
            payment.Total,
            payment.Mode,
            payment.WorkDate,
            CancellationToken.None
        );
        return answer switch
        {
            { Value.State: PowerPaymentState.Paid } => await Apply(payment, PaymentEvent.PowerHasIt, _ => { }),
            { No: { } no } when s_definite.Contains(no.Code) => await Apply(
                payment,
                PaymentEvent.PowerRefused,
                p => Refuse(p, no.Code, null),
                payerPresent
            ),
            _ => await Apply(payment, PaymentEvent.NoAnswer, AskLater),
        };
    }

    private async Task<ElectricityPayment> SendBill(ElectricityPayment payment, bool payerPresent)
    {
        var items = payment.AllItems;
        var answer = await power.Pay(
            new PowerPayment(
                IdText.Of(payment.Id),
                payment.SerialNumber,
                payment.Reference,
                [.. items.Select(i => new PowerItem(i.Receivable, i.Principal, i.LateFee, i.Total))],
                payment.Prepaid,
                payment.Total,
                payment.Mode,
                payment.WorkDate
            ),
            CancellationToken.None
        );
        return answer switch
        {
            { Value.State: PowerPaymentState.Paid } => await Apply(
                payment,
                PaymentEvent.PowerHasIt,
                p => p.PowerSerial = answer.Value.Serial
            ),
            { Value.State: PowerPaymentState.Reversed } => await Apply(
                payment,
                PaymentEvent.PowerRefused,
                p => Refuse(p, "reversed", null),
                payerPresent
            ),
            { No: { } no } when s_definite.Contains(no.Code) => await Apply(
                payment,
                PaymentEvent.PowerRefused,
                p => Refuse(p, no.Code, Wanted(no, items)),
                payerPresent
            ),
            _ => await Apply(payment, PaymentEvent.NoAnswer, AskLater),
        };
    }

    /// <summary>Asks what became of a payment, or asks for its reversal again, and books the answer.</summary>
    public Task<ElectricityPayment> Ask(ElectricityPayment payment) =>
        payment.State == PaymentState.Reversing ? AskReversal(payment) : AskPayment(payment);

    /// <summary>Decides for the bank's book what is still open when the work date ends.</summary>
    public Task<ElectricityPayment> EndWorkDate(ElectricityPayment payment) =>
        Apply(payment, PaymentEvent.WorkDateEnds, p => p.Decision = PaymentDecision.Reconciliation);

    private async Task<ElectricityPayment> AskPayment(ElectricityPayment payment)
    {
        var (state, powerSerial) = await AskState(payment);
        switch (state)
        {
            case PowerPaymentState.Paid:
                return await Apply(payment, PaymentEvent.PowerHasIt, p => p.PowerSerial = powerSerial);
            case PowerPaymentState.Reversed:
                return await Apply(payment, PaymentEvent.PowerRefused, p => Refuse(p, "reversed", null));
            case PowerPaymentState.Unknown when clock.GetUtcNow().UtcDateTime > payment.ValidUntil + Grace:
                // Said twice, since the first may have been said while the payment was still on its way.
                return payment.Unknowns >= 1
                    ? await Apply(payment, PaymentEvent.NeverKnown, p => Refuse(p, "never-known", null))
                    : await Apply(
                        payment,
                        PaymentEvent.NoAnswer,
                        p =>
                        {
                            p.Unknowns++;
                            AskLater(p);
                        }
                    );
            default:
                return await Apply(payment, PaymentEvent.NoAnswer, AskLater);
        }
    }

    private async Task<(string? State, string? PowerSerial)> AskState(ElectricityPayment payment)
    {
        var id = IdText.Of(payment.Id);
        if (payment.Kind == PaymentKind.Deposit)
        {
            return ((await power.AskDeposit(await Unit(payment), payment.Reference, id, CancellationToken.None)).Value?.State, null);
        }

        var answer = await power.Ask(id, CancellationToken.None);
        return (answer.Value?.State, answer.Value?.Serial);
    }

    private async Task<(string? State, PowerNo? No)> TellReversal(ElectricityPayment payment)
    {
        var id = IdText.Of(payment.Id);
        if (payment.Kind == PaymentKind.Deposit)
        {
            var deposit = await power.ReverseDeposit(await Unit(payment), payment.Reference, id, CancellationToken.None);
            return (deposit.Value?.State, deposit.No);
        }

        var answer = await power.Reverse(id, CancellationToken.None);
        return (answer.Value?.State, answer.No);
    }

    private async Task<ElectricityPayment> AskReversal(ElectricityPayment payment)
    {
        var answer = await TellReversal(payment);
        var waits = clock.GetUtcNow().UtcTicks - payment.ReversalAskedTicks <= Waits.Ticks;
        return answer switch
        {
            { State: PowerPaymentState.Reversed } => await Apply(payment, PaymentEvent.PowerReversed, _ => { }, waits),
            { No: not null } => await Apply(payment, PaymentEvent.ReversalRefused, p => p.RefusalCode = answer.No!.Code),
            // A company that keeps no unknown reversals: final only when the payment can no longer arrive, and said twice.
            { State: PowerPaymentState.Unknown } when clock.GetUtcNow().UtcDateTime > payment.ValidUntil + Grace => payment.Unknowns >= 1
                ? await Apply(payment, PaymentEvent.PowerReversed, _ => { }, waits)
                : await Apply(
                    payment,
                    PaymentEvent.NoAnswer,
                    p =>
                    {
                        p.Unknowns++;
                        AskLater(p);
                    }
                ),
            _ => await Apply(payment, PaymentEvent.NoAnswer, AskLater),
        };
    }

    /// <summary>Books one step. Where somebody else took the payment on meanwhile, his step stands and is given back.</summary>
    private async Task<ElectricityPayment> Apply(
        ElectricityPayment payment,
        PaymentEvent happened,
        Action<ElectricityPayment> change,
        bool payerPresent = false
    )
    {
        for (var i = 0; i < Tries; i++)
        {
            if (PaymentStates.Step(payment.State, happened) is not { } step)
            {
                return payment;
            }

            change(payment);
            if (await books.Post(await Booking(payment, step, payerPresent)) is BookingResult.Answered)
            {
                return await Read(payment.Id);
            }

            var from = step.From;
            payment = await Read(payment.Id);
            if (payment.State != from)
            {
                return payment;
            }
        }

        return payment;
    }

    private async Task<Booking> Booking(ElectricityPayment payment, PaymentStep step, bool payerPresent)
    {
        var (id, from) = (Ids.Next(), payment.Money);
        var bill = payment.Kind == PaymentKind.Bill;
        payment.State = step.To;
        var reversal = step.To == PaymentState.Reversed;
        var actor = reversal
            ? new Actor(payment.BranchId, payment.ReverserId ?? payment.OperatorId, payment.ReversalApproverId)
            : new Actor(payment.BranchId, payment.OperatorId);
        var booking = new SilentBooking(
            id,
            actor,
            new AuditNote(
                "electricity-step",
                $"electricity-payment:{payment.Id}",
                new { step = Json.Name(step.Event), to = Json.Name(step.To) }
            )
        );
        switch (step.Money)
        {
            case PaymentMoney.ToTransit when payment.Place == PaymentPlace.InDoubt:
                payment.Place = PaymentPlace.InTransit;
                payment.SettledById = id;
                booking
                    .WithHead(Head(id, bill ? ElectricityTransactions.Confirmed : ElectricityTransactions.DepositConfirmed, actor, payment))
                    .Move(from, payment.Money, payment.Total);
                break;
            case PaymentMoney.ToPayer:
                payment.Place = PaymentPlace.Back;
                payment.SettledById = reversal ? payment.SettledById : id;
                payment.ReversalId = reversal ? id : null;
                var type =
                    reversal ? (bill ? ElectricityTransactions.Reversal : ElectricityTransactions.DepositReversal)
                    : bill ? ElectricityTransactions.Refused
                    : ElectricityTransactions.DepositRefused;
                booking.WithHead(Head(id, type, actor, payment)).Move(from, await Payer(payment, actor, payerPresent), payment.Total);
                if (payment.ChequeId is { } chequeId)
                {
                    var cheque = await db.Set<OtherBankCheque>().AsNoTracking().SingleAsync(c => c.Id == chequeId);
                    cheque.State = OtherBankChequeState.Collected;
                    booking.Update(cheque);
                }

                foreach (var print in reversal ? await Prints(payment) : [])
                {
                    await stock.Void(print.Code, print.Number, "冲正", booking, CancellationToken.None);
                }

                break;
        }

        if (PaymentStates.IsFinal(step.To))
        {
            foreach (var row in TakenReceivable.Of(payment, partsAlone: step.To == PaymentState.Paid))
            {
                booking.Delete(row);
            }
        }

        return booking.Update(payment);
    }

    private static Transaction Head(long id, TransactionType type, Actor actor, ElectricityPayment payment) =>
        new(id, type, actor)
        {
            Amount = payment.Total,
            ReferenceNumber = payment.SerialNumber,
            PaymentMethod = payment.Method == CollectionMethod.Cash ? nameof(PaymentMethod.Cash) : nameof(PaymentMethod.Transfer),
            CorrectsId = payment.State == PaymentState.Reversed ? payment.Id : null,
            Remark = payment.State == PaymentState.Reversed ? payment.ReversalReason : null,
        };

    /// <summary>Back to the account it came from; cash to the payer who waits, or owed to him who has gone. A closed account is owed too.</summary>
    private async Task<AccountRef> Payer(ElectricityPayment payment, Actor actor, bool payerPresent)
    {
        if (payment.Method == CollectionMethod.OtherTransfers)
        {
            return new AccountRef(ElectricityAccounts.OtherTransfers, payment.UnitId);
        }

        if (payment.PayerAccountId is not { } accountId)
        {
            return payerPresent ? new AccountRef(CounterAccounts.Drawer, actor.OperatorId) : payment.Owed;
        }

        var closed = await db.Set<PayerAccount>().AnyAsync(a => a.Id == accountId && a.State == PayerAccountState.Closed);
        return closed ? payment.Owed : new AccountRef(ElectricityAccounts.Payer, accountId);
    }

    private void AskLater(ElectricityPayment payment)
    {
        var pause = TimeSpan.FromTicks(Math.Min(s_longestPause.Ticks, AskEvery.Ticks << Math.Min(payment.Asked, 8)));
        payment.Asked++;
        payment.AskAt = clock.GetUtcNow().UtcDateTime + pause;
    }

    private static void Refuse(ElectricityPayment payment, string code, long? wanted)
    {
        payment.RefusalCode = code;
        payment.WantedTotal = wanted ?? 0;
    }

    private static long? Wanted(PowerNo no, IReadOnlyList<Quotes.AllottedItem> items)
    {
        var ids = items.Select(i => i.Receivable).ToHashSet(StringComparer.Ordinal);
        return no.Receivables?.Where(r => ids.Contains(r.Id)).Sum(r => r.Total);
    }

    /// <summary>Papers that came back: their numbers are void.</summary>
    private Task<List<ElectricityInvoice>> Prints(ElectricityPayment payment) =>
        db.Set<ElectricityInvoice>().Where(i => i.PaymentId == payment.Id).ToListAsync();

    private Task<string> Unit(ElectricityPayment payment) =>
        db.Set<AccountingUnit>().Where(u => u.Id == payment.UnitId).Select(u => u.Code).SingleAsync();

    private Task<ElectricityPayment> Read(long id) => db.Set<ElectricityPayment>().AsNoTracking().SingleAsync(p => p.Id == id);
}
