using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.BatchRecharges;

/// <summary>Lists a recharge list's lines: all, or the bad, waiting, posted or failed ones (FC-20.2, FC-24.1).</summary>
internal static class ListRechargeLines
{
    internal sealed record Query(string SerialNumber, string? Outcome, PageRequest Page) : IQuery<Page<RechargeLineView>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists/{serialNumber}/lines",
                    (string serialNumber, string? outcome, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(serialNumber, outcome, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListRechargeLines))
                .WithSummary("List the lines of a recharge list")
                .WithDescription(
                    "Lists the lines in the order of the file. outcome is bad, waiting, posted or failed; omit it for all lines."
                )
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
            return await query.Page.Read(RechargeLines.Of(db, found.Value.Id, query.Page.AfterId, only), r => r.Line.Number, View, ct);
        }

        private static RechargeLineView View(RechargeLineRow row) =>
            new(
                row.Line.Number,
                row.Line.CardNumber,
                row.Amount,
                row.Line.AmountText,
                row.Line.HolderName,
                row.Line.Remark,
                row.Outcome,
                row.ReasonCode,
                Language.IsChinese ? row.ReasonZh : row.ReasonEn,
                row.SerialNumber
            );
    }
}
