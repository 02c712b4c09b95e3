using System.Globalization;
using Billing.TopUps.Carriers;

namespace Billing.TopUps.Sales;

/// <summary>A top-up with the names that its view shows.</summary>
internal sealed record TopUpRow(TopUp TopUp, string CarrierCode, string? CreditedByCode, string BranchCode, string? Operator);

/// <summary>Reads top-ups for views.</summary>
internal sealed class TopUpViews(AppDb db)
{
    public IQueryable<TopUpRow> Rows(IQueryable<TopUp> topUps) =>
        from topUp in topUps
        join carrier in db.Set<TopUpCarrier>() on topUp.CarrierId equals carrier.Id
        join branch in db.Set<Branch>() on topUp.BranchId equals branch.Id
        join other in db.Set<TopUpCarrier>() on topUp.CreditedById equals other.Id into others
        from other in others.DefaultIfEmpty()
        join teller in db.Set<Operator>() on topUp.OperatorId equals teller.Id into tellers
        from teller in tellers.DefaultIfEmpty()
        orderby topUp.Id
        select new TopUpRow(topUp, carrier.Code, other!.Code, branch.Code, teller!.Login);

    public async Task<TopUpResponse> Of(TopUp topUp, CancellationToken ct)
    {
        var id = topUp.Id;
        return Of(await Rows(db.Set<TopUp>().AsNoTracking().Where(t => t.Id == id)).SingleAsync(ct));
    }

    public static string Location(TopUp topUp) => $"/v1/top-ups/{topUp.SerialNumber}";

    public static TopUpResponse Of(TopUpRow row)
    {
        var t = row.TopUp;
        return new TopUpResponse(
            t.SerialNumber,
            t.Kind,
            t.State,
            t.Hold,
            Mask.Phone(t.Phone),
            t.Amount,
            row.CarrierCode,
            row.CreditedByCode,
            t.CarrierSerial,
            t.FailureCode,
            row.BranchCode,
            row.Operator ?? "system",
            t.TillNumber,
            t.ReceiptNumber.ToString(CultureInfo.InvariantCulture),
            t.ReceiptLine,
            t.ReceiptDate,
            t.BookedAt.AtUtc(),
            t.State == TopUpState.Failed && t.RefundId is null,
            t.RefundId is { } refund ? SerialNumber.Of(refund) : null,
            Documents(t)
        );
    }

    private static List<string> Documents(TopUp t)
    {
        var documents = new List<string> { $"/v1/transactions/{t.SerialNumber}/documents" };
        if (t.RefundId is { } refund)
        {
            documents.Add($"/v1/transactions/{SerialNumber.Of(refund)}/documents");
        }

        return documents;
    }
}
