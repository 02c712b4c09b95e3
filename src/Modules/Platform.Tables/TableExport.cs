using System.Runtime.CompilerServices;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>The refusal of rows that are more than a file may have; before the first byte is out.</summary>
    public static async Task<ExportTooLarge?> Refuse<T>(IQueryable<T> rows, CancellationToken ct) =>
        await rows.Take(MaxLines + 1).CountAsync(ct) > MaxLines ? new ExportTooLarge(MaxLines) : null;

    /// <summary>Answers with rows, each written as it comes, so that their number costs time but no memory.</summary>
    public static async Task Send(
        HttpContext context,
        string name,
        string sheet,
        string format,
        IReadOnlyList<TableColumn> columns,
        IAsyncEnumerable<TableCell[]> rows
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        var (response, ct) = (context.Response, context.RequestAborted);
        response.ContentType = format == Xlsx ? TableMediaType.Xlsx : TableMediaType.Csv;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format}\"";
        await using var table = format == Xlsx ? TableWriter.Xlsx(response.Body, sheet, columns) : TableWriter.Csv(response.Body);
        await table.WriteTitles(columns, ct);
        // Half a million lines are read no further once nobody waits for them.
        await foreach (var row in rows.WithCancellation(ct))
        {
            await table.WriteRow(row, ct);
        }

        await table.Complete(ct);
    }

    /// <summary>All rows in the order of their ids, read a page at a time.</summary>
    /// <param name="after">The rows behind an id, in that order.</param>
    /// <param name="id">The id of a row.</param>
    public static async IAsyncEnumerable<T> ById<T>(
        Func<long, IQueryable<T>> after,
        Func<T, long> id,
        [EnumeratorCancellation] CancellationToken ct = default
    )
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(id);
        for (long last = 0; ; )
        {
            var page = await after(last).Take(PageRequest.MaxLimit).ToListAsync(ct);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < PageRequest.MaxLimit)
            {
                yield break;
            }

            last = id(page[^1]);
        }
    }
}
