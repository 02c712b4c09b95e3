using FluentValidation;

namespace Counter.BlankInvoices;

/// <summary>Numbers that the supplier handed over, or that go back to it.</summary>
/// <param name="Range">The numbers.</param>
/// <param name="SupplierPerson" example="王芳">The supplier's person who signed, 1 to 60 characters.</param>
/// <param name="Remark" example="月度领用">备注, optional.</param>
public sealed record SupplierBlanksRequest(BlankRange Range, string SupplierPerson, string? Remark = null);

/// <summary>Numbers to hand over.</summary>
/// <param name="Range">The numbers.</param>
/// <param name="Receiver" example="cashier">The login of the operator of the branch who is to receive them.</param>
public sealed record OfferBlanksRequest(BlankRange Range, string Receiver);

/// <summary>A number to void.</summary>
/// <param name="Range">The numbers.</param>
/// <param name="Reason" example="打印机故障">Why, 1 to 200 characters.</param>
public sealed record WriteOffBlanksRequest(BlankRange Range, string Reason);

internal sealed class SupplierBlanksValidator : AbstractValidator<SupplierBlanksRequest>
{
    public SupplierBlanksValidator()
    {
        RuleFor(b => b.Range).NotNull().SetValidator(new BlankRangeValidator());
        RuleFor(b => b.SupplierPerson).NotNull().PlainText(60);
        RuleFor(b => b.Remark).PlainText(200);
    }
}
