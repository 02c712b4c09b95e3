namespace Platform.Tables;

/// <summary>The faults of table files, each with its stable code (docs/batch-file.md lists them).</summary>
internal static class TableFaults
{
    public static readonly TableFault Empty = new("file-empty", "The file has no content.", "文件没有内容。");

    public static readonly TableFault OldFormat = new(
        "file-old-format",
        "The workbook is older than Excel 97. Save it as an Excel 97-2003 workbook or as .xlsx.",
        "工作簿版本早于 Excel 97，请另存为 Excel 97-2003 工作簿或 .xlsx。"
    );

    public static readonly TableFault Encrypted = new(
        "file-encrypted",
        "The workbook is encrypted. Save it without a password.",
        "工作簿已加密，请取消密码后重新保存。"
    );

    public static readonly TableFault Macros = new(
        "file-macros",
        "The workbook contains macros. Save it as a workbook without macros.",
        "工作簿含有宏，请另存为不含宏的工作簿。"
    );

    public static readonly TableFault ExternalLink = new(
        "file-external-link",
        "The workbook is linked to other files or data sources. Break the links and keep the values.",
        "工作簿链接了外部文件或数据源，请断开链接并保留数值。"
    );

    public static readonly TableFault EmbeddedObject = new(
        "file-embedded-object",
        "The workbook contains embedded objects or controls. Remove them.",
        "工作簿含有嵌入对象或控件，请将其删除。"
    );

    public static readonly TableFault DocumentType = new(
        "file-document-type",
        "The workbook contains a document type declaration, which no spreadsheet program writes.",
        "工作簿含有文档类型声明（DTD），不予受理。"
    );

    public static readonly TableFault SeveralSheets = new(
        "file-several-sheets",
        "More than one sheet of the workbook has content. Put the list on one sheet and remove the others.",
        "工作簿中有多个工作表含有内容，请只保留一个工作表。"
    );

    public static readonly TableFault StrictFormat = new(
        "file-format",
        "The workbook is saved as Strict Open XML. Save it as an ordinary Excel workbook (.xlsx).",
        "工作簿为 Strict Open XML 格式，请另存为普通 Excel 工作簿（.xlsx）。"
    );

    public static readonly TableFault Encoding = new(
        "file-encoding",
        "The text is neither UTF-8 nor GB 18030.",
        "文本编码既不是 UTF-8 也不是 GB 18030。"
    );

    public static TableFault TooLarge(long bytes) =>
        new("file-too-large", $"The file is larger than {bytes} bytes.", $"文件超过 {bytes} 字节。");

    public static TableFault Format(TableFormat format) =>
        format switch
        {
            TableFormat.Xls => new(
                "file-format",
                "The file is not an Excel 97-2003 workbook, whatever its name says.",
                "文件不是 Excel 97-2003 工作簿（.xls）。"
            ),
            TableFormat.Xlsx => new(
                "file-format",
                "The file is not an Excel workbook of the kind .xlsx, whatever its name says.",
                "文件不是 .xlsx 工作簿。"
            ),
            _ => new("file-format", "The file is not a text file, whatever its name says.", "文件不是文本文件。"),
        };

    public static TableFault Damaged(string where) =>
        new("file-damaged", $"The file is damaged or not complete ({where}).", $"文件已损坏或不完整（{where}）。");

    public static TableRefusedException DamagedFile(string where) => new(Damaged(where));

    /// <summary>What a person who looks at the workbook does not see, but a program would take (FC-20.6).</summary>
    /// <param name="columns">From 0.</param>
    /// <param name="sheets">From 1.</param>
    public static TableFault HiddenParts(IReadOnlyList<int> columns, IReadOnlyList<int> sheets)
    {
        var letters = string.Join(", ", columns.Select(CellName.Column));
        var numbers = string.Join(", ", sheets);
        string[] en = [columns.Count == 0 ? "" : $"columns {letters}", sheets.Count == 0 ? "" : $"sheets {numbers}"];
        string[] zh = [columns.Count == 0 ? "" : $"第 {letters} 列", sheets.Count == 0 ? "" : $"第 {numbers} 个工作表"];
        return new TableFault(
            "file-hidden",
            $"Hidden parts have content: {string.Join("; ", en.Where(t => t.Length > 0))}. Show them or delete them.",
            $"存在隐藏且有内容的部分：{string.Join("；", zh.Where(t => t.Length > 0))}。请取消隐藏或将其删除。",
            Column: columns.Count == 0 ? null : columns[0] + 1
        );
    }

    public static TableFault HiddenRow(int line) =>
        new(
            TableFault.HiddenRow,
            $"Row {line} cannot be seen: it is hidden, filtered away or too low. Show it or delete it.",
            $"第 {line} 行被隐藏、被筛选或行高过小，无法看见。请取消隐藏或将其删除。",
            line
        );

    public static TableFault Covered(int line, int column) =>
        new(
            "cell-merged",
            "A merged cell covers the cell, so its value cannot be seen. Split the merged cells.",
            "单元格被合并单元格遮盖，内容无法看见，请取消合并。",
            line,
            column
        );

    public static TableFault Unsaved(int line, int column) =>
        new(
            "cell-formula",
            "The formula in the cell has no saved value. Open the workbook in a spreadsheet program and save it.",
            "单元格公式没有保存计算结果，请用电子表格软件打开并重新保存。",
            line,
            column
        );

    public static TableFault Inflates(string part) =>
        new("file-inflates", $"The workbook inflates to far more than a list needs ({part}).", $"工作簿解压后过大（{part}）。");

    public static TableFault TooManyParts(int parts) =>
        new("file-parts", $"The workbook has more than {parts} parts.", $"工作簿的组成部分超过 {parts} 个。");

    public static TableFault TooManySheets(int sheets) =>
        new("file-sheets", $"The workbook has more than {sheets} sheets.", $"工作簿的工作表超过 {sheets} 个。");

    public static TableFault TooManyRows(int rows) =>
        new("file-rows", $"The file has more than {rows} rows, blank ones included.", $"文件超过 {rows} 行（含空行）。");

    public static TableFault TooManyColumns(int columns) =>
        new("file-columns", $"The file has more than {columns} columns.", $"文件超过 {columns} 列。");

    public static TableFault LongLine(int line, int bytes) =>
        new("file-line-length", $"Line {line} is longer than {bytes} bytes.", $"第 {line} 行超过 {bytes} 字节。", line);

    public static TableFault Date(int line, int column) =>
        new("cell-date", "The cell holds a date or a time, not a text or a number.", "单元格为日期或时间，不是文本或数字。", line, column);

    public static TableFault Boolean(int line, int column) =>
        new("cell-boolean", "The cell holds TRUE or FALSE, not a text or a number.", "单元格为逻辑值，不是文本或数字。", line, column);

    public static TableFault Formula(int line, int column, string error) =>
        new("cell-error", $"The formula in the cell ends in an error ({error}).", $"单元格公式出错（{error}）。", line, column);

    public static TableFault Number(int line, int column) =>
        new(
            "cell-number",
            "The number has more than 15 digits, and Excel has lost the last ones. Format the column as text and enter it again.",
            "数字超过 15 位，Excel 已丢失末位数字，请将该列设为文本格式后重新录入。",
            line,
            column
        );

    public static TableFault NotShown(int line, int column) =>
        new(
            "cell-format",
            "The cell's number format hides, rounds or scales the number. Format the column as text or as a plain number.",
            "单元格的数字格式隐藏、舍入或缩放了数值，请将该列设为文本或普通数值格式。",
            line,
            column
        );

    public static TableFault Length(int line, int column, int characters) =>
        new("cell-length", $"The cell has more than {characters} characters.", $"单元格超过 {characters} 个字符。", line, column);

    public static TableFault Characters(int line, int column) =>
        new("cell-characters", "The cell has control characters or half characters.", "单元格含有控制字符或残缺字符。", line, column);

    public static TableFault Quote(int line, int column) =>
        new(
            "cell-quote",
            "A quotation mark in the line is not closed, or stands inside a cell without being doubled.",
            "引号未闭合或未成对。",
            line,
            column
        );
}
