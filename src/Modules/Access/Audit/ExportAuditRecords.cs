using System.Globalization;
using System.Runtime.CompilerServices;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Tables;

namespace Access.Audit;

/// <summary>Exports the audit trail as CSV or xlsx, newest first (PL-06.32).</summary>
internal static class ExportAuditRecords
{
    internal sealed record Query(
        string? Format,
        DateTimeOffset? RecordedFrom,
        DateTimeOffset? RecordedTo,
        string? BranchCode,
        string? OperatorId,
        string? Action,
        string? Outcome,
        string? Subject,
        string? SerialNumber
    ) : IQuery<TrailFile>, IAuditFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/audit-records/export",
                    (
                        string? format,
                        DateTimeOffset? recordedFrom,
                        DateTimeOffset? recordedTo,
                        string? branchCode,
                        string? operatorId,
                        string? action,
                        string? outcome,
                        string? subject,
                        string? serialNumber,
                        Sender send,
                        CancellationToken ct
                    ) =>
                    {
                        var query = new Query(
                            format,
                            recordedFrom,
                            recordedTo,
                            branchCode,
                            operatorId,
                            action,
                            outcome,
                            subject,
                            serialNumber
                        );
                        return send.Query(query, f => f, ct);
                    }
                )
                .WithName(nameof(ExportAuditRecords))
                .WithSummary("Export the audit trail")
                .WithDescription(
                    "Exports the records of the list with the same filter as a file. `format` is csv or xlsx. At most 500,000 lines. "
                        + AuditFilterRules.Description
                )
                .RequireRight(AccessRights.ReadAuditTrail)
                .ExportsFile()
                .Refuses(typeof(BranchOutOfReach), typeof(Overloaded));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Format).ExportFormat();
            this.FilterRules();
        }
    }

    internal sealed class Handler(AuditTrail trail) : QueryHandler<Query, TrailFile>
    {
        protected override async Task<Outcome<TrailFile>> Read(Query query, CancellationToken ct)
        {
            var found = await trail.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            if (await TableExport.Refuse(found.Value.Records, ct) is { } tooLarge)
            {
                return tooLarge;
            }

            return await trail.Record("export-audit-trail", query) is { } unrecorded
                ? unrecorded
                : new TrailFile(trail, found.Value.Records, query.Format ?? TableExport.Csv);
        }
    }

    /// <summary>Read and written page by page on its way out, so that its length costs time but no memory.</summary>
    internal sealed record TrailFile(AuditTrail Trail, IQueryable<AuditRecord> Records, string Format) : IResult
    {
        private static readonly TableColumn[] s_columns =
        [
            new("记录号", 22),
            new("时间（UTC）", 28),
            new("网点", 10),
            new("操作员", 14),
            new("复核人", 14),
            new("动作", 26),
            new("对象", 30),
            new("结果", 22),
            new("业务流水号", 24),
            new("明细", 60),
        ];

        public Task ExecuteAsync(HttpContext httpContext) =>
            TableExport.Send(httpContext, "audit-trail", "审计记录", Format, s_columns, Items().Select(Cells));

        private async IAsyncEnumerable<AuditTrailItem> Items([EnumeratorCancellation] CancellationToken ct = default)
        {
            var below = long.MaxValue;
            while (true)
            {
                var page = await Records.Where(r => r.Id < below).OrderByDescending(r => r.Id).Take(PageRequest.MaxLimit).ToListAsync(ct);
                foreach (var item in await Trail.Items(page, ct))
                {
                    yield return item;
                }

                if (page.Count < PageRequest.MaxLimit)
                {
                    yield break;
                }

                below = page[^1].Id;
            }
        }

        private static TableCell[] Cells(AuditTrailItem item) =>
            [
                TableCell.Text(item.Id),
                TableCell.Text(item.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
                TableCell.Text(item.BranchCode),
                TableCell.Text(item.Operator ?? item.OperatorId),
                TableCell.Text(item.Approver ?? item.ApproverId),
                TableCell.Text(item.Action),
                TableCell.Text(item.Subject),
                TableCell.Text(item.Outcome),
                TableCell.Text(item.SerialNumber),
                TableCell.Text(item.Detail),
            ];
    }
}
