namespace Refunds;

/// <summary>The largest numbers and texts of this module.</summary>
internal static class Limits
{
    /// <summary>Recharges that one refund takes, and that a view lists.</summary>
    public const int Lines = 500;

    /// <summary>Fen of one refund: 1,000,000.00 yuan.</summary>
    public const long RefundFen = 100_000_000;

    /// <summary>Fen of one payment on a credit debt: as much as one collection.</summary>
    public const long CreditFen = 10_000_000_000;

    public const int ReferenceNumber = 40;
    public const int Remark = 200;
    public const int InvoiceNumber = 20;

    /// <summary>Invoices that one refund takes back.</summary>
    public const int Invoices = 100;

    /// <summary>Cards of a customer that is closed.</summary>
    public const int Cards = 1_000;

    /// <summary>Accounts with a balance that one closing sweeps: with them its lines stay within what one booking may hold.</summary>
    public const int Balances = 900;
}
