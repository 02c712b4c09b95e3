using System.Globalization;
using Billing.Electricity.Merchants;

namespace Billing.Electricity.Payments;

/// <summary>What a payment pays of one receivable, in fen.</summary>
/// <param name="ReceivableId" example="YS20091200000123">应收标识.</param>
/// <param name="Month" example="200912">The month of the bill.</param>
/// <param name="Principal" example="39820">电费.</param>
/// <param name="LateFee" example="180">违约金.</param>
/// <param name="Total" example="40000">Both together.</param>
public sealed record PaidReceivable(string ReceivableId, string Month, long Principal, long LateFee, long Total);

/// <summary>An electricity payment. Amounts are in fen.</summary>
/// <param name="SerialNumber" example="00150224112025602057">电费流水号.</param>
/// <param name="State" example="paid">Its state. Pending: the power company has not answered yet.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="CustomerNumber" example="0123456789">用电客户编号.</param>
/// <param name="CustomerName" example="*敏">The customer's name, masked.</param>
/// <param name="Principal" example="39820">电费, with what was paid over.</param>
/// <param name="LateFee" example="180">违约金.</param>
/// <param name="Prepaid" example="0">What was paid over what is owed.</param>
/// <param name="Total" example="40000">Fen paid.</param>
/// <param name="Receivables">What it pays of which receivable.</param>
/// <param name="Method" example="cash">How it was paid.</param>
/// <param name="Channel" example="counter">Where it was paid.</param>
/// <param name="BranchCode" example="10100001">The branch that collected it.</param>
/// <param name="Operator" example="cashier">Who collected it.</param>
/// <param name="WorkDate" example="2010-01-05">The work date of the power company.</param>
/// <param name="BusinessDate" example="2010-01-05">The branch's business date.</param>
/// <param name="PaidAt">When.</param>
/// <param name="PowerSerial" example="DL2010010500000001">The power company's serial number; null before it confirmed.</param>
/// <param name="DecidedBy" example="powerSide">Who decided that it is paid.</param>
/// <param name="Refusal" example="changed">Why it was refused, or its reversal; null where it was not.</param>
/// <param name="Owed" example="0">Fen still owed to the payer.</param>
/// <param name="ReversalSerialNumber" example="00150224112025602065">Of its reversal; null without one.</param>
/// <param name="Documents">Addresses of its printable documents.</param>
public sealed record PaymentResponse(
    string SerialNumber,
    PaymentState State,
    string UnitCode,
    string CustomerNumber,
    string CustomerName,
    long Principal,
    long LateFee,
    long Prepaid,
    long Total,
    IReadOnlyList<PaidReceivable> Receivables,
    CollectionMethod Method,
    CollectionChannel Channel,
    string BranchCode,
    string Operator,
    DateOnly WorkDate,
    DateOnly BusinessDate,
    DateTimeOffset PaidAt,
    string? PowerSerial,
    PaymentDecision DecidedBy,
    string? Refusal,
    long Owed,
    string? ReversalSerialNumber,
    IReadOnlyList<string> Documents
)
{
    internal static string Location(ElectricityPayment payment) =>
        string.Create(CultureInfo.InvariantCulture, $"/v1/electricity/payments/{payment.SerialNumber}");
}

/// <summary>A payment with the names that its view shows.</summary>
internal sealed record PaymentRow(ElectricityPayment Payment, string UnitCode, string BranchCode, string? Operator, long? Owed);

/// <summary>Reads payments for views.</summary>
internal sealed class PaymentViews(AppDb db)
{
    public IQueryable<PaymentRow> Rows(IQueryable<ElectricityPayment> payments) =>
        from payment in payments
        join unit in db.Set<AccountingUnit>() on payment.UnitId equals unit.Id
        join branch in db.Set<Branch>() on payment.BranchId equals branch.Id
        join teller in db.Set<Operator>() on payment.OperatorId equals teller.Id into tellers
        from teller in tellers.DefaultIfEmpty()
        orderby payment.Id
        select new PaymentRow(
            payment,
            unit.Code,
            branch.Code,
            teller!.Login,
            db.Set<Account>()
                .Where(a => a.Kind == ElectricityAccounts.Owed.Number && a.Owner == payment.Id)
                .Select(a => (long?)a.Balance)
                .FirstOrDefault()
        );

    public async Task<PaymentResponse> Of(ElectricityPayment payment, CancellationToken ct)
    {
        var id = payment.Id;
        return Of(await Rows(db.Set<ElectricityPayment>().Where(p => p.Id == id)).SingleAsync(ct));
    }

    public static PaymentResponse Of(PaymentRow row)
    {
        var p = row.Payment;
        return new PaymentResponse(
            p.SerialNumber,
            p.State,
            row.UnitCode,
            p.Customer,
            Mask.Name(p.CustomerName),
            p.Principal,
            p.LateFee,
            p.Prepaid,
            p.Total,
            [.. p.AllItems.Select(i => new PaidReceivable(i.Receivable, i.Month, i.Principal, i.LateFee, i.Total))],
            p.Method,
            p.Channel,
            row.BranchCode,
            row.Operator ?? "system",
            p.WorkDate,
            p.BusinessDate,
            p.BookedAt.AtUtc(),
            p.PowerSerial,
            p.Decision,
            p.RefusalCode,
            row.Owed ?? 0,
            p.ReversalId is { } reversal ? SerialNumber.Of(reversal) : null,
            Documents(p)
        );
    }

    private static List<string> Documents(ElectricityPayment p)
    {
        var documents = new List<string> { $"/v1/transactions/{p.SerialNumber}/documents" };
        if (p.ReversalId is { } reversal)
        {
            documents.Add($"/v1/transactions/{SerialNumber.Of(reversal)}/documents");
        }

        return documents;
    }
}
