namespace Access;

/// <summary>How personal data is shown to those who have no right to see it whole (PL-06.9).</summary>
public static class PersonalData
{
    private const int PhoneHead = 3;
    private const int CertificateHead = 4;
    private const int Tail = 4;

    /// <summary><c>13812345678</c> becomes <c>138****5678</c>.</summary>
    public static string? MaskPhone(string? phone) => Mask(phone, PhoneHead);

    /// <summary><c>110101199003074514</c> becomes <c>1101**********4514</c>.</summary>
    public static string? MaskCertificate(string? number) => Mask(number, CertificateHead);

    /// <summary>Keeps head and tail of what is long enough to hide something between them; of anything shorter, nothing.</summary>
    private static string? Mask(string? text, int head) =>
        text is null ? null
        : text.Length < head + Tail + 2 ? new string('*', text.Length)
        : $"{text.AsSpan(0, head)}{new string('*', text.Length - head - Tail)}{text.AsSpan(text.Length - Tail)}";
}
