using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Parameters;

namespace Access.SystemParameters;

/// <summary>A parameter at a branch.</summary>
/// <param name="Name">A stable name. <example>card-fee.personal-single</example></param>
/// <param name="Unit">The unit of the value. Money is in fen.</param>
/// <param name="Value">The value that applies. <example>2000</example></param>
/// <param name="SetAt">Code of the branch that set the value; null for the default. <example>10000000</example></param>
/// <param name="Default">The default value.</param>
/// <param name="Min">The minimum value.</param>
/// <param name="Max">The maximum value.</param>
/// <param name="NeedsApproval">Whether a change needs a second operator.</param>
/// <param name="Meaning">The meaning of the parameter, in the language of the request.</param>
public sealed record ParameterItem(
    string Name,
    ParameterUnit Unit,
    long Value,
    string? SetAt,
    long Default,
    long Min,
    long Max,
    bool NeedsApproval,
    string Meaning
);

/// <summary>All parameters at a branch.</summary>
/// <param name="BranchCode">The branch. <example>10000000</example></param>
/// <param name="Items">In a fixed order.</param>
public sealed record ParameterList(string BranchCode, IReadOnlyList<ParameterItem> Items);

/// <summary>Lists the parameters with the values that hold at a branch: the own one by default, or one below (FC-42.1).</summary>
internal static class ListParameters
{
    internal sealed record Query(string? BranchCode) : IQuery<ParameterList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/parameters", (string? branchCode, Sender send, CancellationToken ct) => send.Query(new Query(branchCode), ct))
                .WithName(nameof(ListParameters))
                .WithSummary("List system parameters")
                .WithDescription("Returns the values that apply at the branch `branchCode`: your own branch, the default, or one below it.")
                .AllowSignedIn()
                .Reads<ParameterList>()
                .ProducesRefusals<NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(DeclaredParameters declared, Parameters parameters, BranchTree tree, BranchScope scope)
        : QueryHandler<Query, ParameterList>
    {
        protected override async Task<Outcome<ParameterList>> Read(Query query, CancellationToken ct)
        {
            var found = await scope.Find(query.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var items = new List<ParameterItem>(declared.All.Count);
            foreach (var value in await parameters.Values(declared.All, found.Value.Id, ct))
            {
                var setAt = value.SetAtBranchId is { } id ? (await tree.Get(id, ct)).Code : null;
                items.Add(Item(value, setAt));
            }

            return new ParameterList(found.Value.Code, items);
        }

        private static ParameterItem Item(Parameters.EffectiveValue value, string? setAt)
        {
            var p = value.Parameter;
            var meaning = Language.IsChinese ? p.Zh : p.En;
            return new ParameterItem(p.Name, p.Unit, value.Value, setAt, p.Default, p.Min, p.Max, p.NeedsApproval, meaning);
        }
    }
}
