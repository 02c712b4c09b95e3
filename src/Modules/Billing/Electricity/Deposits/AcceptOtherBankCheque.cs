using Billing.Electricity.Merchants;
using Billing.Electricity.Numbers;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Deposits;

/// <summary>Takes in another bank's cheque with a slip; nothing is booked before its money is in (EB-06.3).</summary>
internal static class AcceptOtherBankCheque
{
    internal sealed record Command(string UnitCode, AcceptOtherBankChequeRequest Body) : IBookingCommand<OtherBankChequeResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/units/{unitCode}/other-bank-cheques",
                    (string unitCode, AcceptOtherBankChequeRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(unitCode, body), ct)
                )
                .WithName(nameof(AcceptOtherBankCheque))
                .WithOperation("AcceptOtherBankCheque")
                .WithSummary("Accept another bank's cheque")
                .WithDescription("Gives an acceptance slip. Money is booked when it is in.")
                .RequireRight(ElectricityRights.Deposit)
                .Books<OtherBankChequeResponse>()
                .ProducesRefusals<UnitUnknown, UnitNotServed, OtherBankChequeKnown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UnitCode).Matches("^[0-9]{5,9}$");
            RuleFor(c => c.Body.BankNumber)
                .Must(n => n is not null && ElectricityNumbers.IsBankNumber(n))
                .WithErrorCode("bank-number")
                .WithMessage("12 digits with a right check digit.", "须为 12 位联行号，末位为校验码。");
            RuleFor(c => c.Body.ChequeNumber).NotNull().Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.DrawerAccount).NotNull().Matches("^[0-9]{5,32}$");
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, ElectricityLimits.Fen);
        }
    }

    internal sealed class Handler(AppDb db, ServedUnits units, RequestContext request) : BookingHandler<Command, OtherBankChequeResponse>
    {
        protected override async Task<Outcome<Booking<OtherBankChequeResponse>>> Decide(Command command, CancellationToken ct)
        {
            var unit = await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == command.UnitCode, ct);
            if (unit is null)
            {
                return new UnitUnknown();
            }

            if (!await units.Serves(unit, ct))
            {
                return new UnitNotServed();
            }

            var (id, actor, body) = (Ids.Next(), request.Actor, command.Body);
            var cheque = new OtherBankCheque
            {
                Id = id,
                UnitId = unit.Id,
                BranchId = actor.BranchId,
                BankNumber = body.BankNumber,
                ChequeNumber = body.ChequeNumber,
                DrawerAccount = body.DrawerAccount,
                Amount = body.Amount,
            };
            return new Booking<OtherBankChequeResponse>(
                id,
                actor,
                new AuditNote("accept-other-bank-cheque", $"other-bank-cheque:{id}"),
                _ => Answer.Created(OtherBankChequeResponse.Location(cheque), OtherBankChequeResponse.Of(cheque))
            )
                .WithHead(
                    new Transaction(id, ElectricityTransactions.ChequeAccepted, actor)
                    {
                        Amount = body.Amount,
                        ReferenceNumber = body.ChequeNumber,
                    }
                )
                .Insert(cheque)
                .IfDuplicate(OtherBankCheque.NumberIndex, new OtherBankChequeKnown());
        }
    }
}
