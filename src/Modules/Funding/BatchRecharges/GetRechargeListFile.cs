using FluentValidation;
using Funding.BatchRecharges.Checking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Tables;

namespace Funding.BatchRecharges;

/// <summary>Gives a submitted file back byte for byte (FC-20.1).</summary>
internal static class GetRechargeListFile
{
    internal sealed record Query(string SerialNumber) : IQuery<RechargeList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists/{serialNumber}/file",
                    (string serialNumber, Sender send, AppDb db, CancellationToken ct) =>
                        send.Query(
                            new Query(serialNumber),
                            list =>
                                TypedResults.Stream(
                                    target => RechargeListContent.Copy(db, list.Id, target, ct),
                                    TableMediaType.Of(list.Format),
                                    FileNames.Safe(list.FileName) ?? list.OwnFileName("")
                                ),
                            ct
                        )
                )
                .WithName(nameof(GetRechargeListFile))
                .WithSummary("Get a submitted file")
                .WithDescription("Returns the submitted file, byte for byte.")
                .RequireRight(FundingRights.SeeRechargeLists)
                .Produces<byte[]>(StatusCodes.Status200OK, TableMediaType.Dat, TableMediaType.Xls, TableMediaType.Xlsx)
                .ProducesRefusals<RechargeListNotFound, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(RechargeListDesk desk) : QueryHandler<Query, RechargeList>
    {
        protected override Task<Outcome<RechargeList>> Read(Query query, CancellationToken ct) => desk.Find(query.SerialNumber, ct);
    }
}
