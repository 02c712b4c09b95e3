using System.Globalization;
using Meters.Cards;
using Meters.Carriers.Cards;

namespace Meters.Accounts;

/// <summary>创建账户 (PM-01.1). The answer offers to add a price (PM-01.2).</summary>
internal static class CreateMeterAccount
{
    internal sealed record Command(CreateMeterAccountRequest Body) : IBookingCommand<MeterAccountItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-accounts",
                    (CreateMeterAccountRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(CreateMeterAccount))
                .WithOperation("CreateMeterAccount")
                .WithSummary("Create a meter account")
                .WithDescription(
                    "An account is one supplier's kind of meter at a site. Accounts with the same maintenance code share a maintenance area: "
                        + "at most four, with different sub-meter numbers. Cards of another area are refused. Add a price before you sell."
                )
                .RequireRight(MeterRights.ManageAccounts)
                .Books<MeterAccountItem>()
                .ProducesRefusals<SubMeterTaken>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).NotNull().PlainText(Limits.Name);
            RuleFor(c => c.Body.MeterType).IsInEnum();
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
            RuleFor(c => c.Body.MaintenanceCode).NotNull().Matches("^[0-9]{4,16}$");
            RuleFor(c => c.Body.PurchaseLimit).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.PreStored).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.Overdraft).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.Alarm).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.PreStoredTerms).IsInEnum();
            RuleFor(c => c.Body.Carrier).IsInEnum();
            RuleFor(c => c.Body.SupplyGroup).Matches("^[0-9]{6}$");
            RuleFor(c => c.Body.SupplyGroup)
                .NotNull()
                .When(c => c.Body.Carrier == MeterCarrier.Token)
                .WithMessage("Meters that take tokens have a supply group.", "令牌表账户须填写供电组代码。");
        }
    }

    internal sealed class Handler(MeterVault vault, RequestContext request, TimeProvider clock) : BookingHandler<Command, MeterAccountItem>
    {
        protected override Task<Outcome<Booking<MeterAccountItem>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var account = new MeterAccount
            {
                Id = Ids.Next(),
                Name = body.Name,
                MeterType = body.MeterType,
                SubMeter = body.SubMeter,
                Domain = vault.CardKeys.Domain(body.MaintenanceCode).ToString("X8", CultureInfo.InvariantCulture),
                PurchaseLimit = body.PurchaseLimit,
                PreStored = body.PreStored,
                Overdraft = body.Overdraft,
                Alarm = body.Alarm,
                PreStoredTerms = body.PreStoredTerms ?? PreStoredTerms.Given,
                Carrier = body.Carrier ?? MeterCarrier.Card,
                SupplyGroup = body.SupplyGroup,
                IsTraining = body.Training,
                BranchId = request.Caller.BranchId,
                CreatedAt = clock.GetUtcNow().UtcDateTime,
            };
            var booking = new Booking<MeterAccountItem>(
                Ids.Next(),
                request.Actor,
                new AuditNote("create-meter-account", $"meter-account:{account.Id}", new { account.Domain, account.SubMeter }),
                _ => Answer.Created($"/v1/meter-accounts/{account.Id}", MeterAccountItem.Of(account, []))
            )
                .Insert(account)
                .IfDuplicate(MeterAccount.SubMeterIndex, new SubMeterTaken());
            return Task.FromResult<Outcome<Booking<MeterAccountItem>>>(booking);
        }
    }
}
