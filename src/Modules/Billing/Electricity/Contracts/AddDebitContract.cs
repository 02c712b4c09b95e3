using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Contracts;

/// <summary>4621: makes a contract (EB-07.1, EB-07.3).</summary>
internal static class AddDebitContract
{
    internal sealed record Command(AddDebitContractRequest Body) : IBookingCommand<DebitContractResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/contracts",
                    (AddDebitContractRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(AddDebitContract))
                .WithOperation("AddDebitContract")
                .WithSummary("Make a debit contract (4621)")
                .WithDescription(
                    "The account must exist, be usable, bear the holder's name and certificate, and belong to the union that serves the customer's "
                        + "company. One contract is in force for each electricity customer."
                )
                .RequireRight(ElectricityRights.KeepContracts)
                .Books<DebitContractResponse>()
                .Refuses(typeof(ElectricityCustomerUnknown), typeof(UnitUnknown), typeof(UnitNotServed), typeof(PowerSideSilent))
                .Refuses(
                    typeof(PayerAccountUnknown),
                    typeof(PayerAccountNotUsable),
                    typeof(PayerAccountOfOther),
                    typeof(AccountOutsideUnion)
                )
                .Refuses(
                    typeof(PowerSideRefused),
                    typeof(ContractInForce),
                    typeof(AgreementUsed),
                    typeof(ModeNotAdmitted),
                    typeof(AdmissionNotOpen)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.AgreementNumber).NotNull().Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.CustomerNumber).NotNull().Matches("^[0-9]{6,13}$");
            RuleFor(c => c.Body.AccountNumber).NotNull().Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.Holder).NotNull().PlainText(ElectricityLimits.Name);
            RuleFor(c => c.Body.CertificateNumber).NotNull().CertificateNumber();
        }
    }

    internal sealed class Handler(ServedUnits units, Admissions admissions, ContractDesk desk, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, DebitContractResponse>
    {
        protected override async Task<Outcome<Booking<DebitContractResponse>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await units.Find(body.CustomerNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (customer, unit) = found.Value;
            if (await admissions.Refuse(unit, BusinessMode.Batch, ct) is { } closed)
            {
                return closed;
            }

            var account = await desk.Account(unit, body.AccountNumber, body.Holder, body.CertificateNumber, ct);
            if (account.Refusal is { } unusable)
            {
                return unusable;
            }

            request.GoesBy(account.Value.Premise);
            var contract = new DebitContract
            {
                Id = Ids.Next(),
                AgreementNumber = body.AgreementNumber,
                UnitId = unit.Id,
                Customer = customer.Number,
                CustomerName = customer.Name,
                AccountNumber = account.Value.Number,
                Holder = account.Value.Holder,
                CertificateNumber = account.Value.CertificateNumber,
                BranchId = request.Caller.BranchId,
                InForceKey = DebitContract.KeyOf(unit.Id, customer.Number),
                SignedAt = clock.GetUtcNow().UtcDateTime,
            };
            return ContractDesk
                .Booking(request.Actor, "新增", "add-debit-contract", contract, unit)
                .Insert(contract)
                .IfDuplicate(DebitContract.AgreementIndex, new AgreementUsed())
                .IfDuplicate(DebitContract.InForceIndex, new ContractInForce());
        }
    }
}
