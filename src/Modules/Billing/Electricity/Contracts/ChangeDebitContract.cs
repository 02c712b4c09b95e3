using Billing.Electricity.PayerAccounts;

namespace Billing.Electricity.Contracts;

/// <summary>4621: another account, by a new agreement.</summary>
internal static class ChangeDebitContract
{
    internal sealed record Command(string AgreementNumber, ChangeDebitContractRequest Body) : IBookingCommand<DebitContractResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/contracts/{agreementNumber}/changes",
                    (string agreementNumber, ChangeDebitContractRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(agreementNumber, body), ct)
                )
                .WithName(nameof(ChangeDebitContract))
                .WithOperation("ChangeDebitContract")
                .WithSummary("Change a debit contract's account (4621)")
                .WithDescription("At the signing branch, with the certificate. Another account needs a new agreement number.")
                .RequireRight(ElectricityRights.KeepContracts)
                .Books<DebitContractResponse>()
                .Refuses(typeof(ContractUnknown), typeof(DebitContractEnded), typeof(AgreementUsed), typeof(ContractInForce))
                .ProducesRefusals<PayerAccountUnknown, PayerAccountNotUsable, PayerAccountOfOther, AccountOutsideUnion>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.AgreementNumber).Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.CertificateNumber).NotNull().CertificateNumber();
            RuleFor(c => c.Body.NewAgreementNumber).NotNull().Matches("^[0-9A-Za-z]{1,32}$").NotEqual(c => c.AgreementNumber);
            RuleFor(c => c.Body.AccountNumber).NotNull().Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.Holder).NotNull().PlainText(ElectricityLimits.Name);
            RuleFor(c => c.Body.NewCertificateNumber).NotNull().CertificateNumber();
        }
    }

    internal sealed class Handler(ContractDesk desk, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, DebitContractResponse>
    {
        protected override async Task<Outcome<Booking<DebitContractResponse>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await desk.Find(command.AgreementNumber, body.CertificateNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (old, unit) = found.Value;
            if (old.State != DebitContractState.InForce)
            {
                return new DebitContractEnded(old.State);
            }

            var account = await desk.Account(unit, body.AccountNumber, body.Holder, body.NewCertificateNumber, ct);
            if (account.Refusal is { } unusable)
            {
                return unusable;
            }

            request.GoesBy(account.Value.Premise);
            var contract = new DebitContract
            {
                Id = Ids.Next(),
                AgreementNumber = body.NewAgreementNumber,
                UnitId = unit.Id,
                Customer = old.Customer,
                CustomerName = old.CustomerName,
                AccountNumber = account.Value.Number,
                Holder = account.Value.Holder,
                CertificateNumber = account.Value.CertificateNumber,
                BranchId = old.BranchId,
                InForceKey = old.InForceKey,
                PreviousId = old.Id,
                SignedAt = clock.GetUtcNow().UtcDateTime,
            };
            old.State = DebitContractState.Changed;
            old.InForceKey = null;
            return ContractDesk
                .Booking(request.Actor, "修改", "change-debit-contract", contract, unit)
                .Update(old)
                .Insert(contract)
                .IfDuplicate(DebitContract.AgreementIndex, new AgreementUsed())
                .IfDuplicate(DebitContract.InForceIndex, new ContractInForce());
        }
    }
}
