using Billing.Electricity.Numbers;

namespace Billing.Electricity.Merchants;

/// <summary>A power group's data.</summary>
/// <param name="Name" example="示范电力集团">Its name, 1 to 60 characters.</param>
public sealed record SetMerchantRequest(string Name);

/// <summary>A power group.</summary>
/// <param name="MerchantCode" example="0006">商户编码, 4 digits.</param>
/// <param name="Name" example="示范电力集团">Its name.</param>
/// <param name="Version" example="1">Also the ETag.</param>
public sealed record MerchantResponse(string MerchantCode, string Name, int Version) : IVersionedResponse;

/// <summary>The group's data is kept by the province (EB-01.1, EB-01.5).</summary>
internal static class SetMerchant
{
    public static readonly ApprovalAction Action = new("set-power-merchant", "Maintain a power group", "中间业务商户信息维护");

    internal sealed record Command(string MerchantCode, string? IfMatch, SetMerchantRequest Body) : IChangeCommand<MerchantResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/electricity/merchants/{merchantCode}",
                    (
                        string merchantCode,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        SetMerchantRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(merchantCode, ifMatch, body), ct)
                )
                .WithName(nameof(SetMerchant))
                .WithSummary("Set a power group's data")
                .WithDescription(
                    "Only a branch at province level or above maintains it, with an approval (action set-power-merchant). If-Match carries the "
                        + "ETag that was read; the ETag is \"0\" before the first change."
                )
                .RequireRight(ElectricityRights.KeepMerchant)
                .Changes<MerchantResponse>()
                .TakesApproval()
                .ProducesRefusals<PreconditionRequired, PreconditionFailed, LevelTooLow>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.MerchantCode)
                .Must(ElectricityNumbers.IsMerchant)
                .WithErrorCode("merchant-code")
                .WithMessage("4 digits.", "须为 4 位数字。");
            RuleFor(c => c.Body.Name).NotNull().PlainText(ElectricityLimits.Name);
        }
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request) : BookingHandler<Command, MerchantResponse>
    {
        protected override async Task<Outcome<Booking<MerchantResponse>>> Decide(Command command, CancellationToken ct)
        {
            if ((await tree.Get(request.Caller.BranchId, ct)).Level > BranchLevel.Province)
            {
                return new LevelTooLow();
            }

            var known = await db.Set<PowerMerchant>().SingleOrDefaultAsync(m => m.Code == command.MerchantCode, ct);
            if (EntityTag.Check(command.IfMatch, known?.Version ?? 0) is { } refusal)
            {
                return refusal;
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject { Facts = [new ApprovalFact("Merchant", "商户", $"{command.MerchantCode} {command.Body.Name}")] }
                );
            }

            var version = (known?.Version ?? 0) + 1;
            var booking = new Booking<MerchantResponse>(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"power-merchant:{command.MerchantCode}", new { old = known?.Name, command.Body.Name }),
                _ => Answer.Ok(new MerchantResponse(command.MerchantCode, command.Body.Name, version))
            );
            if (known is null)
            {
                return booking
                    .Insert(
                        new PowerMerchant
                        {
                            Id = Ids.Next(),
                            Code = command.MerchantCode,
                            Name = command.Body.Name,
                            Version = version,
                        }
                    )
                    .IfDuplicate(PowerMerchant.CodeIndex, new ConcurrentChange());
            }

            known.Name = command.Body.Name;
            return booking.Update(known);
        }
    }
}

/// <summary>The caller's branch is not high enough in the tree of branches.</summary>
public sealed record LevelTooLow() : Refusal("level-too-low", 403, "A branch of a higher level does this.", "须由上级机构办理。");
