using System.Globalization;
using Billing.Electricity.Numbers;
using Billing.Electricity.PayerAccounts;

namespace Billing.Electricity.Merchants;

/// <summary>
/// 4692: opens or changes an accounting unit (EB-01.1, EB-01.2, EB-01.4). By an office above the union, with approval; each changed field is kept
/// with both values.
/// </summary>
internal static class SetUnit
{
    public static readonly ApprovalAction Action = new("set-accounting-unit", "Maintain an accounting unit", "中间业务商户账户维护");

    internal sealed record Command(string MerchantCode, string UnitCode, string? IfMatch, UnitRequest Body) : IChangeCommand<UnitResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/electricity/merchants/{merchantCode}/units/{unitCode}",
                    (
                        string merchantCode,
                        string unitCode,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        UnitRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(merchantCode, unitCode, ifMatch, body), ct)
                )
                .WithName(nameof(SetUnit))
                .WithSummary("Open or change an accounting unit (4692)")
                .WithDescription(
                    "An office at city level or above, with the union below it, maintains units with an approval (action set-accounting-unit). "
                        + "Transit and settlement account are used by one unit only. The settlement account is a cheque account. Every change is "
                        + "kept with the old and the new value. If-Match carries the ETag that was read; \"0\" opens the unit."
                )
                .RequireRight(ElectricityRights.KeepUnits)
                .Changes<UnitResponse>()
                .TakesApproval()
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed), typeof(LevelTooLow), typeof(UnionOutOfReach))
                .Refuses(
                    typeof(MerchantUnknown),
                    typeof(NotFound),
                    typeof(UnitKnown),
                    typeof(UnitAccountUsed),
                    typeof(SettlementAccountUnusable)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.MerchantCode)
                .Must(ElectricityNumbers.IsMerchant)
                .WithErrorCode("merchant-code")
                .WithMessage("4 digits.", "须为 4 位数字。");
            RuleFor(c => c.UnitCode)
                .Must(ElectricityNumbers.IsUnit)
                .WithErrorCode("unit-code")
                .WithMessage("5 to 9 digits.", "须为 5 至 9 位数字。");
            RuleFor(c => c.Body).SetValidator(new UnitRequestValidator());
        }
    }

    internal sealed class Handler(AppDb db, BranchTree tree, IPayerAccounts accounts, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, UnitResponse>
    {
        protected override async Task<Outcome<Booking<UnitResponse>>> Decide(Command command, CancellationToken ct)
        {
            var office = await tree.Get(request.Caller.BranchId, ct);
            if (office.Level > BranchLevel.City)
            {
                return new LevelTooLow();
            }

            var body = command.Body;
            if (!await db.Set<PowerMerchant>().AnyAsync(m => m.Code == command.MerchantCode, ct))
            {
                return new MerchantUnknown();
            }

            if (await tree.FindByCode(body.UnionCode, ct) is not { } union)
            {
                return new NotFound("branch");
            }

            if (!office.IsSameOrSuperiorTo(union))
            {
                return new UnionOutOfReach();
            }

            var known = await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == command.UnitCode, ct);
            if (known is not null && known.MerchantCode != command.MerchantCode)
            {
                return new UnitKnown();
            }

            if (EntityTag.Check(command.IfMatch, known?.Version ?? 0) is { } refusal)
            {
                return refusal;
            }

            var account = await accounts.Find(body.SettlementAccount, ct);
            if (account is not { Kind: PayerAccountKind.Cheque, State: PayerAccountState.Usable } || account.Holder != body.SettlementName)
            {
                return new SettlementAccountUnusable();
            }

            return request.IsApproved(Action)
                ? Booking(command, known, union, await tree.Get(account.BranchId, ct))
                : request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        Facts =
                        [
                            new ApprovalFact("Unit", "核算单位", $"{command.UnitCode} {body.Name}"),
                            new ApprovalFact("Transit account", "过渡户账号", body.TransitAccount),
                            new ApprovalFact("Settlement account", "商户结算账号", body.SettlementAccount),
                        ],
                    }
                );
        }

        private Booking<UnitResponse> Booking(Command command, AccountingUnit? known, BranchPlace union, BranchPlace holding)
        {
            var actor = request.ApprovedActor(Action);
            var version = (known?.Version ?? 0) + 1;
            var unit = known ?? New(command);
            var before = known is null ? [] : Fields(known);
            Set(unit, command.Body, union, holding);
            var booking = new Booking<UnitResponse>(
                Ids.Next(),
                actor,
                new AuditNote(Action.Name, $"accounting-unit:{command.UnitCode}"),
                _ => Answer.Ok(UnitResponse.Of(unit, union.Code, version))
            )
                .IfDuplicate(AccountingUnit.TransitIndex, new UnitAccountUsed())
                .IfDuplicate(AccountingUnit.SettlementIndex, new UnitAccountUsed())
                .IfDuplicate(AccountingUnit.CodeIndex, new UnitKnown());
            foreach (var (field, value) in Fields(unit))
            {
                var old = before.GetValueOrDefault(field);
                if (old != value)
                {
                    booking.Insert(Change(unit, actor, field, old, value));
                }
            }

            if (known is not null)
            {
                return booking.Update(unit);
            }

            unit.Version = version;
            return booking.Insert(unit);
        }

        private UnitChange Change(AccountingUnit unit, Actor actor, string field, string? old, string value) =>
            new()
            {
                Id = Ids.Next(),
                UnitId = unit.Id,
                Field = field,
                Old = old,
                New = value,
                OperatorId = actor.OperatorId,
                ApproverId = actor.ApproverId,
                At = clock.GetUtcNow().UtcDateTime,
            };

        private static AccountingUnit New(Command command) =>
            new()
            {
                Id = Ids.Next(),
                Code = command.UnitCode,
                MerchantCode = command.MerchantCode,
                Name = "",
                BusinessKind = "",
                CustomerNumber = "",
                ContractNumber = "",
                TransitAccount = "",
                SettlementAccount = "",
                SettlementName = "",
                SettlementInstitution = "",
                CustomerLengths = "",
            };

        private static void Set(AccountingUnit unit, UnitRequest body, BranchPlace union, BranchPlace holding)
        {
            unit.Name = body.Name;
            unit.BusinessKind = body.BusinessKind;
            unit.CustomerNumber = body.CustomerNumber;
            unit.ContractNumber = body.ContractNumber;
            unit.UnionId = union.Id;
            unit.SignedOn = body.SignedOn;
            unit.Mode = body.Mode;
            unit.BatchMode = body.BatchMode;
            unit.TransitAccount = body.TransitAccount;
            unit.SettlementAccount = body.SettlementAccount;
            unit.SettlementName = body.SettlementName;
            unit.SettlementInstitution = holding.Code;
            unit.CustomerLengths = string.Join(' ', body.CustomerNumberLengths.Distinct().Order());
            unit.CustomerCheck = body.CustomerNumberCheck;
            unit.DebitTries = body.DebitTries;
            (unit.FeePerItem, unit.FeeRate) = (body.Fee.PerItem, body.Fee.Rate);
            (unit.FeeLeastPerItem, unit.FeeMostPerItem) = (body.Fee.LeastPerItem, body.Fee.MostPerItem);
            (unit.FeeLeastPerPeriod, unit.FeeMostPerPeriod) = (body.Fee.LeastPerPeriod, body.Fee.MostPerPeriod);
        }

        /// <summary>The fields by the names that the API gives them.</summary>
        private static Dictionary<string, string> Fields(AccountingUnit u) =>
            new()
            {
                ["name"] = u.Name,
                ["businessKind"] = u.BusinessKind,
                ["customerNumber"] = u.CustomerNumber,
                ["contractNumber"] = u.ContractNumber,
                ["unionId"] = IdText.Of(u.UnionId),
                ["signedOn"] = u.SignedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["mode"] = Json.Name(u.Mode),
                ["batchMode"] = Json.Name(u.BatchMode),
                ["transitAccount"] = u.TransitAccount,
                ["settlementAccount"] = u.SettlementAccount,
                ["settlementName"] = u.SettlementName,
                ["settlementInstitution"] = u.SettlementInstitution,
                ["customerNumberLengths"] = u.CustomerLengths,
                ["customerNumberCheck"] = Json.Name(u.CustomerCheck),
                ["debitTries"] = u.DebitTries.ToString(CultureInfo.InvariantCulture),
                ["fee"] = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{u.FeePerItem} {u.FeeRate} {u.FeeLeastPerItem} {u.FeeMostPerItem} {u.FeeLeastPerPeriod} {u.FeeMostPerPeriod}"
                ),
            };
    }
}
