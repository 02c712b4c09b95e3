using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Parameters;

namespace Access.SystemParameters;

/// <summary>A parameter's new value at a branch.</summary>
/// <param name="BranchCode">Your own branch or one below it: 8 digits. <example>10000000</example></param>
/// <param name="Value">The value in the parameter's unit, within its limits. Null removes the branch's value, and the value from above
/// applies again.
/// <example>2500</example></param>
public sealed record SetParameterRequest(string BranchCode, long? Value);

/// <summary>A change of a parameter: who, when, old and new value.</summary>
/// <param name="Id">The change's id. <example>7293847293847</example></param>
/// <param name="Name">The parameter. <example>card-fee.personal-single</example></param>
/// <param name="BranchCode">The branch that set the value. <example>10000000</example></param>
/// <param name="OldValue">The branch's previous value; null if the value came from above.</param>
/// <param name="NewValue">The new value; null if the branch removed its value.</param>
/// <param name="OperatorId">Who changed it.</param>
/// <param name="ApproverId">The approver; null without an approval.</param>
/// <param name="ChangedAt">When, UTC.</param>
public sealed record ParameterChangeItem(
    string Id,
    string Name,
    string BranchCode,
    long? OldValue,
    long? NewValue,
    string OperatorId,
    string? ApproverId,
    DateTime ChangedAt
)
{
    internal static ParameterChangeItem Of(ParameterChange change, string branchCode) =>
        new(
            IdText.Of(change.Id),
            change.Name,
            branchCode,
            change.OldValue,
            change.NewValue,
            IdText.Of(change.OperatorId),
            change.ApproverId is { } a ? IdText.Of(a) : null,
            change.BookedAt
        );
}

/// <summary>Sets a parameter at a branch; it holds there and below (FC-42.1). Amounts of money need a second operator.</summary>
internal static class SetParameter
{
    public static readonly ApprovalAction ApprovedAction = new("parameter-change", "Change a system parameter", "修改系统参数");

    internal sealed record Command(string Name, SetParameterRequest Body) : IChangeCommand<ParameterChangeItem>;

    public sealed record ParameterOutOfLimits(long Min, long Max)
        : Refusal("parameter-out-of-limits", 422, "The value is outside the parameter's limits.", "参数值超出允许范围。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/parameters/{name}",
                    (string name, SetParameterRequest body, Sender send, CancellationToken ct) => send.Change(new Command(name, body), ct)
                )
                .WithName(nameof(SetParameter))
                .WithSummary("Set a system parameter")
                .WithDescription(
                    "The value takes effect immediately at the branch and below it. A money parameter needs an approval "
                        + "(action `parameter-change`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<ParameterChangeItem>()
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(ParameterOutOfLimits));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).NotEmpty().MaximumLength(SystemParameter.NameLength);
            RuleFor(c => c.Body.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(AppDb db, DeclaredParameters declared, BranchScope scope, RequestContext request)
        : BookingHandler<Command, ParameterChangeItem>
    {
        protected override async Task<Outcome<Booking<ParameterChangeItem>>> Decide(Command command, CancellationToken ct)
        {
            if (declared.Find(command.Name) is not { } parameter)
            {
                return new NotFound("parameter");
            }

            var found = await scope.Find(command.Body.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            if (command.Body.Value is { } v && (v < parameter.Min || v > parameter.Max))
            {
                return new ParameterOutOfLimits(parameter.Min, parameter.Max);
            }

            var branch = found.Value;
            var row = await db.Set<SystemParameter>().SingleOrDefaultAsync(p => p.BranchId == branch.Id && p.Name == parameter.Name, ct);
            return parameter.NeedsApproval && !request.IsApproved(ApprovedAction)
                ? request.ApprovalRequired(ApprovedAction, Subject(parameter, branch, row, command.Body.Value))
                : Book(parameter, branch, row, command.Body.Value);
        }

        private static ApprovalSubject Subject(Parameter parameter, BranchPlace branch, SystemParameter? row, long? value) =>
            new()
            {
                Amount = value,
                Facts =
                [
                    new ApprovalFact("Parameter", "参数", parameter.En, parameter.Zh),
                    new ApprovalFact("Branch", "网点", branch.Code),
                    Set("Set now", "现值", row?.Value),
                    Set("New value", "新值", value),
                ],
            };

        private static ApprovalFact Set(string en, string zh, long? fen) =>
            fen is { } set ? ApprovalFact.Yuan(en, zh, set) : new ApprovalFact(en, zh, "as above the branch", "沿用上级");

        private Booking<ParameterChangeItem> Book(Parameter parameter, BranchPlace branch, SystemParameter? row, long? value)
        {
            var actor = parameter.NeedsApproval ? request.ApprovedActor(ApprovedAction) : request.Actor;
            var change = new ParameterChange
            {
                Id = Ids.Next(),
                Name = parameter.Name,
                BranchId = branch.Id,
                OldValue = row?.Value,
                NewValue = value,
                OperatorId = actor.OperatorId,
                ApproverId = actor.ApproverId,
            };
            var note = new AuditNote(
                "set-parameter",
                $"parameter:{parameter.Name}",
                new
                {
                    branch.Code,
                    From = change.OldValue,
                    To = value,
                }
            );
            var booking = new Booking<ParameterChangeItem>(
                change.Id,
                actor,
                note,
                _ => Answer.Ok(ParameterChangeItem.Of(change, branch.Code))
            ).Insert(change);
            if (row is null)
            {
                return booking.Insert(
                    new SystemParameter
                    {
                        Name = parameter.Name,
                        BranchId = branch.Id,
                        Value = value,
                    }
                );
            }

            row.Value = value;
            return booking.Update(row);
        }
    }
}
