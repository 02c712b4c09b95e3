namespace Counter.BlankInvoices;

/// <summary>The functions of numbered blanks, one right each.</summary>
internal static class BlankRights
{
    public static readonly Right Keep = New("keep-blanks", "Keep the stock of blank invoices", "空白发票库存管理");
    public static readonly Right Hold = New("hold-blanks", "Hold, void and count blank invoices", "空白发票领用、作废与盘点");

    public static readonly IReadOnlyList<Right> All = [Keep, Hold];

    private static Right New(string function, string en, string zh) => new($"counter.{function}", "counter", en, zh);
}
