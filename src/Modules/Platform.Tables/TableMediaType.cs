namespace Platform.Tables;

/// <summary>Media types of table files.</summary>
public static class TableMediaType
{
    public const string Csv = "text/csv";
    public const string Dat = "application/octet-stream";
    public const string Xls = "application/vnd.ms-excel";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static string Of(TableFormat format) =>
        format switch
        {
            TableFormat.Xls => Xls,
            TableFormat.Xlsx => Xlsx,
            _ => Dat,
        };
}
