using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding.BatchRecharges;

/// <summary>A line with what became of it, if anything has.</summary>
internal sealed record RechargeLineRow(ListedRecharge Line, RechargeOutcome? Outcome);

/// <summary>Reads a list's lines in the order of the file.</summary>
internal static class RechargeLines
{
    public static IQueryable<RechargeLineRow> Of(AppDb db, long listId, long after, RechargeLineOutcome? only = null)
    {
        var rows =
            from line in db.Set<ListedRecharge>()
            where line.ListId == listId && line.Number > after
            join outcome in db.Set<RechargeOutcome>()
                on new { line.ListId, line.Number } equals new { outcome.ListId, outcome.Number }
                into outcomes
            from outcome in outcomes.DefaultIfEmpty()
            orderby line.Number
            select new { line, outcome };
        rows = only switch
        {
            RechargeLineOutcome.Bad => rows.Where(r => r.line.ReasonCode != null),
            RechargeLineOutcome.Waiting => rows.Where(r => r.line.ReasonCode == null && r.outcome == null),
            RechargeLineOutcome.Posted => rows.Where(r => r.outcome!.TransactionId != null),
            RechargeLineOutcome.Failed => rows.Where(r => r.outcome!.ReasonCode != null),
            _ => rows,
        };
        return rows.Select(r => new RechargeLineRow(r.line, r.outcome));
    }

    public static RechargeLineOutcome OutcomeOf(ListedRecharge line, RechargeOutcome? outcome) =>
        line.ReasonCode is not null ? RechargeLineOutcome.Bad
        : outcome is null ? RechargeLineOutcome.Waiting
        : outcome.TransactionId is null ? RechargeLineOutcome.Failed
        : RechargeLineOutcome.Posted;

    public static RechargeLineView View(RechargeLineRow row)
    {
        var (line, outcome) = row;
        var (en, zh) = outcome is null ? (line.ReasonEn, line.ReasonZh) : (outcome.ReasonEn, outcome.ReasonZh);
        return new RechargeLineView(
            line.Number,
            line.CardNumber,
            line.AmountText is null ? line.Amount : null,
            line.AmountText,
            line.HolderName,
            line.Remark,
            OutcomeOf(line, outcome),
            outcome?.ReasonCode ?? line.ReasonCode,
            Language.IsChinese ? zh : en,
            outcome?.TransactionId is { } id ? SerialNumber.Of(id) : null
        );
    }
}

/// <summary>Lists a recharge list's lines: all, or the bad, waiting, posted or failed ones (FC-20.2, FC-24.1).</summary>
internal static class ListRechargeLines
{
    internal sealed record Query(string SerialNumber, string? Outcome, PageRequest Page) : IQuery<Page<RechargeLineView>>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists/{serialNumber}/lines",
                    (string serialNumber, string? outcome, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(serialNumber, outcome, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListRechargeLines))
                .WithSummary("List the lines of a recharge list")
                .WithDescription("In the order of the file; outcome is bad, waiting, posted or failed, and left out: all.")
                .RequireRight(FundingRights.SeeRechargeLists)
                .Reads<Page<RechargeLineView>>()
                .ProducesRefusals<RechargeListNotFound, PageInvalid, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.SerialNumber).SerialNumber();
            RuleFor(q => q.Outcome).NameOf<Query, RechargeLineOutcome>();
        }
    }

    internal sealed class Handler(AppDb db, RechargeListDesk desk) : QueryHandler<Query, Page<RechargeLineView>>
    {
        protected override async Task<Outcome<Page<RechargeLineView>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await desk.Find(query.SerialNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var only = Json.Value<RechargeLineOutcome>(query.Outcome);
            return await query.Page.Read(
                RechargeLines.Of(db, found.Value.Id, query.Page.AfterId, only),
                r => r.Line.Number,
                RechargeLines.View,
                ct
            );
        }
    }
}
