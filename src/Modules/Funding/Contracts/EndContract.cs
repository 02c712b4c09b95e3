using Access.Branches;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Funding.Contracts;

/// <summary>Ends a discount contract at once; what it gave stays (FC-38.1).</summary>
internal static class EndContract
{
    internal sealed record Command(string Code) : IChangeCommand<ContractResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/discount-contracts/{code}/end",
                    (string code, Sender send, CancellationToken ct) => send.Change(new Command(code), ct)
                )
                .WithName(nameof(EndContract))
                .WithSummary("End a discount contract")
                .WithDescription("Headquarters only. The contract immediately stops to apply to payments.")
                .RequireRight(FundingRights.EditContracts)
                .Changes<ContractResponse>()
                .ProducesRefusals<OnlyHeadquarters, ContractNotFound, ContractEnded>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Code).PlainText(Limits.ContractCode);
    }

    internal sealed class Handler(AppDb db, RequestContext request, BranchTree branches, TimeProvider clock)
        : BookingHandler<Command, ContractResponse>
    {
        protected override async Task<Outcome<Booking<ContractResponse>>> Decide(Command command, CancellationToken ct)
        {
            if ((await branches.Get(request.Caller.BranchId, ct)).Level != BranchLevel.Headquarters)
            {
                return new OnlyHeadquarters();
            }

            var contract = await db.Contract(command.Code, ct);
            if (contract is null or { EndedAt: not null })
            {
                return contract is null ? new ContractNotFound() : new ContractEnded();
            }

            contract.EndedAt = clock.GetUtcNow().UtcDateTime;
            var response = ContractResponse.Of(contract, await ListContracts.CustomerCodes(db, [contract], ct));
            var note = new AuditNote("end-contract", $"contract:{contract.Code}");
            return new Booking<ContractResponse>(Ids.Next(), request.Actor, note, _ => Answer.Ok(response)).Update(contract);
        }
    }
}
