namespace Billing.Electricity.Contracts;

/// <summary>4621: ends a contract.</summary>
internal static class EndDebitContract
{
    internal sealed record Command(string AgreementNumber, DebitContractHolderRequest Body) : IBookingCommand<DebitContractResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/contracts/{agreementNumber}/end",
                    (string agreementNumber, DebitContractHolderRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(agreementNumber, body), ct)
                )
                .WithName(nameof(EndDebitContract))
                .WithOperation("EndDebitContract")
                .WithSummary("End a debit contract (4621)")
                .WithDescription("At the signing branch, with the certificate.")
                .RequireRight(ElectricityRights.KeepContracts)
                .Books<DebitContractResponse>()
                .ProducesRefusals<ContractUnknown, DebitContractEnded>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.AgreementNumber).Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.CertificateNumber).NotNull().CertificateNumber();
        }
    }

    internal sealed class Handler(ContractDesk desk, RequestContext request) : BookingHandler<Command, DebitContractResponse>
    {
        protected override async Task<Outcome<Booking<DebitContractResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.Find(command.AgreementNumber, command.Body.CertificateNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (contract, unit) = found.Value;
            if (contract.State != DebitContractState.InForce)
            {
                return new DebitContractEnded(contract.State);
            }

            contract.End(ChangedBecause.PayerAsked);
            return ContractDesk.Booking(request.Actor, "删除", "end-debit-contract", contract, unit).Update(contract);
        }
    }
}
