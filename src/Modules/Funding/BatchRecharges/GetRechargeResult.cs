using System.Globalization;
using System.Runtime.CompilerServices;
using FluentValidation;
using Funding.BatchRecharges.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Languages;
using Platform.Tables;

namespace Funding.BatchRecharges;

/// <summary>The result file of a retrieved list, in the format that was submitted, each line with its outcome (FC-23.1).</summary>
internal static class GetRechargeResult
{
    private const int LinesAtOnce = 2_000;

    internal sealed record Query(string SerialNumber) : IQuery<RechargeList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists/{serialNumber}/result",
                    (string serialNumber, Sender send, AppDb db, CancellationToken ct) =>
                        send.Query(
                            new Query(serialNumber),
                            list =>
                                TypedResults.Stream(
                                    target => Write(db, list, target, ct),
                                    TableMediaType.Of(list.Format),
                                    list.OwnFileName("-result")
                                ),
                            ct
                        )
                )
                .WithName(nameof(GetRechargeResult))
                .WithSummary("Get the result file of a recharge list")
                .WithDescription(
                    "Returns the file in its submitted format, each line with its outcome. Available after the submitting "
                        + "branch has retrieved the result."
                )
                .RequireRight(FundingRights.RetrieveRechargeList)
                .Produces<byte[]>(StatusCodes.Status200OK, TableMediaType.Dat, TableMediaType.Xls, TableMediaType.Xlsx)
                .Refuses(typeof(ValidationFailed))
                .ProducesRefusals<RechargeListNotFound, RechargeListOfOtherBranch, ResultNotRetrieved, RechargeListStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(RechargeListDesk desk) : QueryHandler<Query, RechargeList>
    {
        protected override async Task<Outcome<RechargeList>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.FindOwn(query.SerialNumber, ct);
            return found.Refusal is not null ? found
                : found.Value.State == RechargeListState.Finished ? new ResultNotRetrieved()
                : found.Value.State != RechargeListState.Retrieved ? new RechargeListStateForbids(found.Value.State)
                : found;
        }
    }

    private static Task Write(AppDb db, RechargeList list, Stream target, CancellationToken ct) =>
        RechargeResultFile.Write(
            target,
            RechargeListLayout.Parse(list.Layout!),
            Lines(db, list, Language.IsChinese, ct),
            new RechargeResultTrailer(list.Lines, list.Amount, list.PostedLines, list.PostedAmount),
            ct
        );

    /// <summary>Line after line, some thousand at a time: the answer goes out while the rest is still read.</summary>
    private static async IAsyncEnumerable<RechargeResultLine> Lines(
        AppDb db,
        RechargeList list,
        bool chinese,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var after = 0; ; )
        {
            var rows = await RechargeLines.Of(db, list.Id, after).Take(LinesAtOnce).ToListAsync(ct);
            foreach (var row in rows)
            {
                yield return Line(row, chinese);
            }

            if (rows.Count < LinesAtOnce)
            {
                yield break;
            }

            after = rows[^1].Line.Number;
        }
    }

    private static RechargeResultLine Line(RechargeLineRow row, bool chinese) =>
        new(
            row.Line.CardNumber,
            Figures.PlainYuan(row.Line.Amount),
            row.Line.HolderName,
            row.Line.Remark,
            Json.Name(row.Outcome),
            row.SerialNumber,
            row.ReasonCode,
            chinese ? row.ReasonZh : row.ReasonEn
        );
}
