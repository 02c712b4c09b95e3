using FluentValidation;
using Issuance.CardSessions;

namespace Issuance.Holders;

/// <summary>The holder's certificate, presented at the counter.</summary>
/// <param name="CertificateType" example="residentIdentity">The type of certificate.</param>
/// <param name="CertificateNumber" example="11010519491231002X">5 to 30 characters, case-insensitive.</param>
/// <param name="Name" example="王小明">The holder's name, 1 to 100 characters.</param>
public sealed record HolderCertificate(CertificateType CertificateType, string CertificateNumber, string Name);

/// <summary>A request that must prove that it is the holder who asks: one of three ways (FC-36.4).</summary>
public interface ICardProof
{
    /// <summary>The card was present: its session.</summary>
    string? CardSessionId { get; }

    /// <summary>The certificate of the card's holder; needs an approval.</summary>
    HolderCertificate? Holder { get; }

    /// <summary>For a bearer card, which has no holder: the serial number on the receipt of its sale; needs an approval.</summary>
    string? SaleSerialNumber { get; }
}

/// <summary>The proof: one of the three. Without the card, it needs an approval.</summary>
/// <param name="CardSessionId" example="126437891174400000">The session of the present card.</param>
/// <param name="Holder">The certificate of the card's holder.</param>
/// <param name="SaleSerialNumber">The serial number on the sale receipt, for a bearer card.</param>
public sealed record CardProofRequest(string? CardSessionId = null, HolderCertificate? Holder = null, string? SaleSerialNumber = null)
    : ICardProof;

/// <summary>By what the holder was known.</summary>
internal enum ProvedBy
{
    CardSession,
    HolderCertificate,
    SaleSerialNumber,
}

/// <summary>It does not say which of them differs: a stranger must not find out a holder's data by trying.</summary>
public sealed record HolderDiffers()
    : Refusal("holder-differs", 422, "Certificate and name do not match the card's holder.", "证件号码或姓名与持卡人不符。");

/// <summary>A bearer card belongs to whoever has it.</summary>
public sealed record CardHasNoHolder()
    : Refusal("card-has-no-holder", 409, "A bearer card has no holder to verify.", "不记名卡无持卡人，不能凭证件办理。");

/// <summary>The session is of another card.</summary>
public sealed record CardSessionDiffers()
    : Refusal("card-session-differs", 409, "The session belongs to another card.", "所读卡片与该卡号不符。");

/// <summary>The serial number is not that of the sale of this bearer card.</summary>
public sealed record SaleDiffers()
    : Refusal(
        "sale-differs",
        422,
        "The serial number does not match the sale of the bearer card.",
        "业务流水号与该不记名卡的售卡业务不符。"
    );

/// <summary>The rules of every body that proves who asks.</summary>
internal static class CardProofRules
{
    public static void ProofRules<T>(this AbstractValidator<T> validator)
        where T : ICardProof
    {
        validator.RuleFor(p => p.CardSessionId).IdText();
        validator.RuleFor(p => p.SaleSerialNumber!).SerialNumber().When(p => p.SaleSerialNumber is not null);
        validator.RuleFor(p => p.Holder!).SetValidator(new HolderCertificateValidator()).When(p => p.Holder is not null);
        validator
            .RuleFor(p => p.CardSessionId)
            .Must((p, _) => Given(p) == 1)
            .WithErrorCode("one-proof")
            .WithMessage(
                "Give one of cardSessionId, holder and saleSerialNumber.",
                "请在 cardSessionId、holder、saleSerialNumber 中提供一项。"
            );
    }

    private static int Given(ICardProof proof) =>
        (proof.CardSessionId is null ? 0 : 1) + (proof.Holder is null ? 0 : 1) + (proof.SaleSerialNumber is null ? 0 : 1);
}

internal sealed class CardProofValidator : AbstractValidator<CardProofRequest>
{
    public CardProofValidator() => this.ProofRules();
}

internal sealed class HolderCertificateValidator : AbstractValidator<HolderCertificate>
{
    public HolderCertificateValidator()
    {
        RuleFor(h => h.CertificateType).IsInEnum();
        RuleFor(h => h.CertificateNumber).NotNull().CertificateNumber();
        RuleFor(h => h.Name).NotNull().PlainText(100);
    }
}
