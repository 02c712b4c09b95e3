using System.Text.Json;
using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Payments;
using Billing.Electricity.Power;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Deposits;

/// <summary>Opens deposits: checks them, and books the intent with its money.</summary>
internal sealed class DepositIntents(
    AppDb db,
    IntentBooks intents,
    PowerClient power,
    ServedUnits units,
    Admissions admissions,
    IPayerAccounts accounts,
    WorkDates workDates,
    RequestContext request,
    TimeProvider clock
)
{
    private static readonly TimeSpan s_valid = TimeSpan.FromMinutes(10);

    /// <summary>The payment of this request: the one that it opened before, or a new one.</summary>
    public Task<Outcome<ElectricityPayment>> Open(string requestKey, PayPowerDeposit.Command command, CancellationToken ct) =>
        intents.Open(requestKey, () => Decide(requestKey, command, ct), ct);

    private async Task<Outcome<Intent>> Decide(string requestKey, PayPowerDeposit.Command command, CancellationToken ct)
    {
        var body = command.Body;
        var unit = await db.Set<AccountingUnit>().AsNoTracking().SingleOrDefaultAsync(u => u.Code == command.UnitCode, ct);
        if (unit is null)
        {
            return new UnitUnknown();
        }

        if (!await units.Serves(unit, ct))
        {
            return new UnitNotServed();
        }

        var admission = await admissions.Admit(unit, BusinessMode.Online, ct);
        if (admission.Refusal is { } closed)
        {
            return closed;
        }

        var shown = await power.Deposit(unit.Code, command.DepositNumber, ct);
        if (shown.Value is not { } deposit)
        {
            return shown.No is null ? new PowerSideSilent() : new PowerDepositUnknown();
        }

        if (deposit.State == PowerPaymentState.Paid)
        {
            return new PowerDepositUnknown();
        }

        if (deposit.Amount != body.Amount)
        {
            return new PowerDepositAmount(deposit.Amount);
        }

        if (await workDates.Open(ct) is not { } day)
        {
            return new WorkDateNotOpen();
        }

        var payer = body.Method == CollectionMethod.Account ? await accounts.Find(body.AccountNumber!, ct) : null;
        if (body.Method == CollectionMethod.Account && payer?.State != PayerAccountState.Usable)
        {
            return payer is null ? new PayerAccountUnknown() : new PayerAccountNotUsable(payer.State);
        }

        var cheque = body.Method == CollectionMethod.OtherTransfers ? await Cheque(body.OtherBankCheque!, unit, ct) : null;
        if (body.Method == CollectionMethod.OtherTransfers)
        {
            if (cheque is null || cheque.Amount != body.Amount)
            {
                return new OtherBankChequeUnknown();
            }

            if (cheque.State != OtherBankChequeState.Collected)
            {
                return new OtherBankChequeStateForbids(cheque.State);
            }
        }

        var payment = New(requestKey, command, unit, payer, cheque, day);
        return new Intent(Booking(payment, unit, payer, cheque), IntentBooks.Premises(unit, admission.Value, day, payer));
    }

    private async Task<OtherBankCheque?> Cheque(string serialNumber, AccountingUnit unit, CancellationToken ct)
    {
        var id = SerialNumber.Parse(serialNumber);
        var branch = request.Caller.BranchId;
        return await db.Set<OtherBankCheque>()
            .AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == id && c.UnitId == unit.Id && c.BranchId == branch, ct);
    }

    private ElectricityPayment New(
        string requestKey,
        PayPowerDeposit.Command command,
        AccountingUnit unit,
        PayerAccountView? payer,
        OtherBankCheque? cheque,
        WorkDate day
    )
    {
        return new ElectricityPayment
        {
            Id = Ids.Next(),
            RequestKey = requestKey,
            Kind = PaymentKind.Deposit,
            UnitId = unit.Id,
            BranchId = request.Caller.BranchId,
            OperatorId = request.Caller.OperatorId,
            Customer = "",
            CustomerName = unit.Name,
            Reference = command.DepositNumber,
            Items = JsonSerializer.Serialize(new List<AllottedItem> { new(command.DepositNumber, "", command.Body.Amount, 0, W: true) }),
            Principal = command.Body.Amount,
            Total = command.Body.Amount,
            Method = command.Body.Method,
            PayerAccountId = payer?.Id,
            ChequeId = cheque?.Id,
            ChequeNumber = cheque?.ChequeNumber ?? command.Body.ChequeNumber,
            Channel = CollectionChannel.Counter,
            // 02 summed cash, 06 cheque.
            Mode = command.Body.Method == CollectionMethod.Cash ? "02" : "06",
            State = PaymentState.Sending,
            Place = PaymentPlace.InDoubt,
            WorkDate = day.Date,
            ValidUntil = clock.GetUtcNow().UtcDateTime + s_valid,
            AskAt = intents.FirstAsked,
        };
    }

    private SilentBooking Booking(ElectricityPayment payment, AccountingUnit unit, PayerAccountView? payer, OtherBankCheque? cheque)
    {
        var actor = request.Actor;
        var from =
            payer is not null ? payer.Money
            : cheque is not null ? unit.OtherTransfers
            : new AccountRef(CounterAccounts.Drawer, actor.OperatorId);
        var booking = new SilentBooking(
            payment.Id,
            actor,
            new AuditNote("pay-power-deposit-intent", $"electricity-payment:{payment.Id}", new { payment.Total })
        )
            .WithHead(
                new Transaction(payment.Id, ElectricityTransactions.Deposit, actor)
                {
                    Amount = payment.Total,
                    PaymentMethod = payment.Method == CollectionMethod.Cash ? nameof(PaymentMethod.Cash) : nameof(PaymentMethod.Transfer),
                    ReferenceNumber = payment.Reference,
                }
            )
            .Move(from, unit.InDoubt, payment.Total)
            .Insert(payment)
            // A number of the power side is paid once, as a receivable is.
            .Insert(
                new TakenReceivable
                {
                    PaymentId = payment.Id,
                    Receivable = payment.Reference,
                    UnitId = unit.Id,
                }
            )
            .IfDuplicate(TakenReceivable.Index, new ReceivableTaken())
            .IfShort(from, b => new PayerAccountTooSmall(b));
        if (cheque is not null)
        {
            cheque.State = OtherBankChequeState.Used;
            booking.Update(cheque);
        }

        return booking;
    }
}
