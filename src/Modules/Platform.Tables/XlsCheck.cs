using System.Buffers.Binary;

namespace Platform.Tables;

/// <summary>
/// Looks an .xls through before it is read: the names in its container, then the type and length of every record of the workbook (MS-XLS). Only
/// BIFF8, which is Excel 97 and later, is taken.
/// </summary>
internal static class XlsCheck
{
    private const int LongestRecord = 8_224;

    /// <returns>What is to be seen on each sheet.</returns>
    /// <exception cref="TableRefusedException">It is not taken.</exception>
    public static IReadOnlyList<SheetMap> Check(Stream file)
    {
        var container = CompoundFile.Open(file);
        foreach (var entry in container.Entries)
        {
            CheckName(entry.Name);
        }

        if (container.Entries.Any(e => IsNamed(e, "Book")))
        {
            throw new TableRefusedException(TableFaults.OldFormat);
        }

        var workbooks = container.Entries.Where(e => IsNamed(e, "Workbook")).ToList();
        if (workbooks is not [{ Kind: 2 } workbook])
        {
            throw new TableRefusedException(TableFaults.Format(TableFormat.Xls));
        }

        using var records = container.OpenStream(workbook);
        var sheets = new XlsSheets();
        CheckRecords(records, sheets);
        return sheets.Maps();
    }

    private static bool IsNamed(CompoundFile.Entry entry, string name) => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void CheckName(string name)
    {
        if (name is "EncryptedPackage" or "EncryptionInfo")
        {
            throw new TableRefusedException(TableFaults.Encrypted);
        }

        if (name is "_VBA_PROJECT_CUR" or "_VBA_PROJECT" or "VBA" or "Macros")
        {
            throw new TableRefusedException(TableFaults.Macros);
        }

        if (name.StartsWith("MBD", StringComparison.Ordinal) || name.StartsWith("\u0001Ole", StringComparison.Ordinal) || name is "Ctls")
        {
            throw new TableRefusedException(TableFaults.EmbeddedObject);
        }
    }

    private static void CheckRecords(Stream records, XlsSheets sheets)
    {
        Span<byte> head = stackalloc byte[4];
        var body = new byte[LongestRecord];
        var begun = false;
        var at = 0L;
        while (records.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var type = BinaryPrimitives.ReadUInt16LittleEndian(head);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
            if (type == 0 && length == 0 && begun)
            {
                return; // What fills the last sectors.
            }

            if (length > LongestRecord || records.ReadAtLeast(body.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
            {
                throw CompoundFile.Damaged();
            }

            if (!begun && type != Record.Begin)
            {
                throw CompoundFile.Damaged();
            }

            begun = true;
            if (Fault(type, body.AsSpan(0, length)) is { } fault)
            {
                throw new TableRefusedException(fault);
            }

            sheets.Note(at, type, body.AsSpan(0, length));
            at += head.Length + length;
        }

        if (!begun)
        {
            throw CompoundFile.Damaged();
        }
    }

    private static TableFault? Fault(int type, ReadOnlySpan<byte> body) =>
        type switch
        {
            Record.Begin => Begin(body),
            Record.Password => TableFaults.Encrypted,
            Record.VisualBasic => TableFaults.Macros,
            // The kind of a sheet: 0 worksheet, 2 chart; 1 is a sheet of macros, 6 a module.
            Record.Sheet => body.Length > 5 && body[5] is 1 or 6 ? TableFaults.Macros : null,
            Record.Book => IsInternal(body) ? null : TableFaults.ExternalLink,
            Record.ConsolidationFile or Record.DatabaseQuery or Record.QueryTable => TableFaults.ExternalLink,
            _ => null,
        };

    private static TableFault? Begin(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4)
        {
            return TableFaults.Damaged("xls");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(body) != 0x0600)
        {
            return TableFaults.OldFormat;
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(body[2..]) is 0x0006 or 0x0040 or 0x0100 ? TableFaults.Macros : null;
    }

    /// <summary>A SUPBOOK that names this workbook itself, or functions of Excel's own add-ins; any other names a file or a server.</summary>
    private static bool IsInternal(ReadOnlySpan<byte> body) =>
        body.Length == 4 && BinaryPrimitives.ReadUInt16LittleEndian(body[2..]) is 0x0401 or 0x3A01;

    private static class Record
    {
        public const int Begin = 0x0809;
        public const int Password = 0x002F;
        public const int ConsolidationFile = 0x0051;
        public const int Sheet = 0x0085;
        public const int VisualBasic = 0x00D3;
        public const int DatabaseQuery = 0x00DC;
        public const int QueryTable = 0x01AD;
        public const int Book = 0x01AE;
    }
}
