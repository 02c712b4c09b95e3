namespace Issuance.Documents;

/// <summary>The Chinese words for this module's enumerations, as they stand on documents.</summary>
internal static class PaperWords
{
    public static string Of(CustomerKind kind) => kind == CustomerKind.Person ? "个人" : "单位";

    public static string Of(CustomerUse use) => use == CustomerUse.SingleUser ? "单用户" : "多用户";

    public static string Of(InvoiceType type) => type == InvoiceType.Vat ? "增值税专用发票" : "普通发票";

    public static string Of(Gender gender) =>
        gender switch
        {
            Gender.Male => "男",
            Gender.Female => "女",
            _ => "—",
        };

    public static string Of(CertificateType type, CustomerKind kind) =>
        type switch
        {
            CertificateType.ResidentIdentity => "居民身份证",
            CertificateType.Passport => "护照",
            CertificateType.MilitaryOfficer => "军官证",
            CertificateType.HongKongMacaoPermit => "港澳居民来往内地通行证",
            CertificateType.TaiwanPermit => "台湾居民来往大陆通行证",
            CertificateType.UnifiedSocialCreditCode => "统一社会信用代码",
            _ => kind == CustomerKind.Organisation ? "统一社会信用代码" : "其他证件",
        };

    public static string Of(CardType type) =>
        type switch
        {
            CardType.PersonalSingle => "个人单用户卡",
            CardType.PersonalMain => "个人多用户主卡",
            CardType.PersonalSub => "个人多用户副卡",
            CardType.OrganisationSingle => "单位单用户卡",
            CardType.OrganisationMain => "单位多用户主卡",
            CardType.OrganisationSub => "单位多用户副卡",
            CardType.Bearer => "不记名卡",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No word for it."),
        };
}
