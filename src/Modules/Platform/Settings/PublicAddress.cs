namespace Platform.Settings;

/// <summary>Where the world reaches this API: what stands in QR codes. A caller's Host header must not decide that.</summary>
public static class PublicAddress
{
    public const string Setting = "Api:PublicAddress";
}
