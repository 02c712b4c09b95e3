namespace Billing.Electricity.Contracts;

/// <summary>4621: shows a contract at its signing branch, with its certificate.</summary>
internal static class ShowDebitContract
{
    internal sealed record Query(string AgreementNumber, DebitContractHolderRequest Body) : IQuery<DebitContractResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/contracts/{agreementNumber}/showing",
                    (string agreementNumber, DebitContractHolderRequest body, Sender send, CancellationToken ct) =>
                        send.Query(new Query(agreementNumber, body), ct)
                )
                .WithName(nameof(ShowDebitContract))
                .WithSummary("Show a debit contract (4621)")
                .WithDescription(
                    "At the signing branch, with the certificate in the body, so that it stands in no address. Nothing is stored."
                )
                .RequireRight(ElectricityRights.KeepContracts)
                .Reads<DebitContractResponse>()
                .ProducesRefusals<ValidationFailed, ContractUnknown>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(c => c.AgreementNumber).Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.CertificateNumber).NotNull().CertificateNumber();
        }
    }

    internal sealed class Handler(ContractDesk desk) : QueryHandler<Query, DebitContractResponse>
    {
        protected override async Task<Outcome<DebitContractResponse>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.Find(query.AgreementNumber, query.Body.CertificateNumber, ct);
            return found.Refusal is { } refusal
                ? refusal
                : DebitContractResponse.Of(found.Value.Contract, found.Value.Unit.Code, serialNumber: null);
        }
    }
}
