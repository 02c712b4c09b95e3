using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.SigningIn;

/// <summary>The signed-in operator, the branch, the business date and the available functions.</summary>
/// <param name="Operator">Who.</param>
/// <param name="Branch">Where.</param>
/// <param name="BusinessDate">The branch's current business date.</param>
/// <param name="Modules">The modules and functions that the operator may use.</param>
public sealed record MeResponse(
    SignedInOperator Operator,
    SignedInBranch Branch,
    DateOnly BusinessDate,
    IReadOnlyList<AllowedModule> Modules
);

/// <summary>Shows who is signed in (PL-01.1).</summary>
internal static class Me
{
    internal sealed record Query : IQuery<MeResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/me", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(Me))
                .WithSummary("Get the signed-in operator")
                .WithDescription(
                    "Returns the operator, the branch, the business date, and the modules and functions that the operator may " + "use."
                )
                .AllowSignedIn()
                .Reads<MeResponse>();
    }

    internal sealed class Handler(AppDb db, RequestContext request, IReadOnlyList<Right> rights) : QueryHandler<Query, MeResponse>
    {
        protected override async Task<Outcome<MeResponse>> Read(Query query, CancellationToken ct)
        {
            var caller = request.Caller;
            var place = await (
                from branch in db.Set<Branch>()
                where branch.Id == caller.BranchId
                join day in db.Set<BranchDay>() on branch.Id equals day.BranchId
                select new { branch.Name, day.BusinessDate }
            ).SingleAsync(ct);
            return new MeResponse(
                new SignedInOperator(IdText.Of(caller.OperatorId), caller.Login, caller.Name),
                new SignedInBranch(IdText.Of(caller.BranchId), caller.BranchCode, place.Name),
                place.BusinessDate,
                AllowedModule.Of(rights, caller.Rights)
            );
        }
    }
}
