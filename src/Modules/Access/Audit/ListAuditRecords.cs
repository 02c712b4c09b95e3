using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Audit;

/// <summary>Reads the audit trail, newest first (PL-06.32).</summary>
internal static class ListAuditRecords
{
    internal sealed record Query(
        DateTimeOffset? RecordedFrom,
        DateTimeOffset? RecordedTo,
        string? BranchCode,
        string? OperatorId,
        string? Action,
        string? Outcome,
        string? Subject,
        string? SerialNumber,
        PageRequest Page
    ) : IQuery<Page<AuditTrailItem>>, IAuditFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/audit-records",
                    (
                        DateTimeOffset? recordedFrom,
                        DateTimeOffset? recordedTo,
                        string? branchCode,
                        string? operatorId,
                        string? action,
                        string? outcome,
                        string? subject,
                        string? serialNumber,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) =>
                    {
                        var page = new PageRequest(limit, after);
                        var query = new Query(
                            recordedFrom,
                            recordedTo,
                            branchCode,
                            operatorId,
                            action,
                            outcome,
                            subject,
                            serialNumber,
                            page
                        );
                        return send.Query(query, ct);
                    }
                )
                .WithName(nameof(ListAuditRecords))
                .WithSummary("List audit records")
                .WithDescription("Lists operator, action, branch, time, subject and outcome, newest first. " + AuditFilterRules.Description)
                .RequireRight(AccessRights.ReadAuditTrail)
                .Reads<Page<AuditTrailItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach), typeof(Overloaded));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(AuditTrail trail) : QueryHandler<Query, Page<AuditTrailItem>>
    {
        protected override async Task<Outcome<Page<AuditTrailItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await trail.Find(query, ct);
            if ((found.Refusal ?? await trail.Record("read-audit-trail", query)) is { } refusal)
            {
                return refusal;
            }

            // Newest first: a page goes on below the last id of the one before.
            var below = query.Page.After is null ? long.MaxValue : query.Page.AfterId;
            var rows = found.Value.Records.Where(r => r.Id < below).OrderByDescending(r => r.Id);
            var page = await query.Page.Read(rows, r => r.Id, r => r, ct);
            return new Page<AuditTrailItem>(await trail.Items(page.Items, ct), page.Next);
        }
    }
}
