namespace Standins.PowerCompany;

/// <summary>What an adjusted line does to what its customer owes: the same as its payment would have done.</summary>
internal static class Adjustments
{
    public static void Paid(PowerWork w, PowerLine line)
    {
        SetPayment(w, line, PaymentBook.Paid);
        if (line.Receivable.Length == 0)
        {
            Keep(w, line, line.Total);
        }
        else if (line.Customer.Length == 0)
        {
            SetDeposit(w, line, "paid", By(line), "open");
        }
        else if (
            w.Run(
                "UPDATE receivables SET paid_by = @p WHERE id = @id AND paid_by IS NULL AND principal <= @a",
                ("@p", By(line)),
                ("@id", line.Receivable),
                ("@a", line.Principal)
            ) == 0
        )
        {
            // A part of it.
            w.Run(
                "UPDATE receivables SET principal = principal - @a, late_fee_paid = late_fee_paid + @f WHERE id = @id AND paid_by IS NULL",
                ("@a", line.Principal),
                ("@f", line.LateFee),
                ("@id", line.Receivable)
            );
        }
    }

    public static void Reversed(PowerWork w, PowerLine line)
    {
        if (line.Receivable.Length == 0)
        {
            Keep(w, line, -line.Total);
        }
        else if (line.Customer.Length == 0)
        {
            SetDeposit(w, line, "open", null, "paid");
        }
        else if (
            w.Run(
                "UPDATE receivables SET paid_by = NULL WHERE id = @id AND paid_by IN (@p, @batch, "
                    + "(SELECT id FROM payments WHERE body <> '' AND json_extract(body, '$.bankSerial') = @b))",
                ("@id", line.Receivable),
                ("@p", By(line)),
                ("@batch", "batch-" + line.BankSerial),
                ("@b", line.BankSerial)
            ) == 0
            && HasPayment(w, line)
        )
        {
            PaymentBook.Owe(w, line.Receivable, line.Principal, line.LateFee);
        }

        SetPayment(w, line, PaymentBook.Reversed);
    }

    private static string By(PowerLine line) => "adjusted-" + line.BankSerial;

    private static void Keep(PowerWork w, PowerLine line, long fen) =>
        w.Run("UPDATE consumers SET balance = balance + @a WHERE number = @c", ("@a", fen), ("@c", line.Customer));

    /// <summary>Did this company take a payment of the line itself? Else the line came alone, and nothing is owed for it.</summary>
    private static bool HasPayment(PowerWork w, PowerLine line) =>
        w.One(
            "SELECT id FROM payments WHERE body <> '' AND json_extract(body, '$.bankSerial') = @b",
            r => r.GetString(0),
            ("@b", line.BankSerial)
        )
            is not null;

    private static void SetDeposit(PowerWork w, PowerLine line, string state, string? payment, string from) =>
        w.Run(
            "UPDATE deposits SET state = @s, payment = @p WHERE unit = @u AND number = @n AND state = @from",
            ("@s", state),
            ("@p", payment),
            ("@u", line.Unit),
            ("@n", line.Receivable),
            ("@from", from)
        );

    private static void SetPayment(PowerWork w, PowerLine line, string state) =>
        w.Run(
            "UPDATE payments SET state = @s WHERE body <> '' AND json_extract(body, '$.bankSerial') = @b",
            ("@s", state),
            ("@b", line.BankSerial)
        );
}
