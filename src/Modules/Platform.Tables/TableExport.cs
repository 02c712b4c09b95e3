using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Problems;

namespace Platform.Tables;

/// <summary>More lines than an export may have.</summary>
/// <param name="MaxLines">The most it may have.</param>
public sealed record ExportTooLarge(int MaxLines)
    : Refusal(
        "export-too-large",
        422,
        "The export would have too many lines. Narrow it by dates, type or branch.",
        "导出行数过多，请按日期、类型或网点缩小范围。"
    );

/// <summary>What routes that answer a list as a file have in common: csv or xlsx, written on its way out.</summary>
public static class TableExport
{
    public const int MaxLines = 500_000;
    public const string Csv = "csv";
    public const string Xlsx = "xlsx";

    /// <summary>csv or xlsx; null is csv.</summary>
    public static IRuleBuilderOptions<T, string?> ExportFormat<T>(this IRuleBuilder<T, string?> rule) => rule.Matches($"^({Csv}|{Xlsx})$");

    public static RouteHandlerBuilder ExportsFile(this RouteHandlerBuilder route) =>
        route
            .Produces<byte[]>(StatusCodes.Status200OK, TableMediaType.Csv, TableMediaType.Xlsx)
            .Refuses(typeof(ValidationFailed), typeof(NotFound), typeof(ExportTooLarge));

    public static void Head(HttpResponse response, string name, string format)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.ContentType = format == Xlsx ? TableMediaType.Xlsx : TableMediaType.Csv;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format}\"";
    }

    public static TableWriter Writer(Stream target, string format, string sheet, IReadOnlyList<TableColumn> columns) =>
        format == Xlsx ? TableWriter.Xlsx(target, sheet, columns) : TableWriter.Csv(target);
}
