namespace Api.Tests.Platform;

/// <summary>A name that a caller gave comes back as a name alone, whatever stood in it.</summary>
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("../../etc/passwdX:y.dat", "passwdX_y.dat")]
    [InlineData("C:\\Windows\\a.xlsx", "a.xlsx")]
    [InlineData("充值清单 11 月.xlsx", "充值清单 11 月.xlsx")]
    [InlineData("ab\u202Egnp.exe", "ab_gnp.exe")]
    [InlineData("a\r\nSet-Cookie: x.dat", "a__Set-Cookie_ x.dat")]
    [InlineData("...", null)]
    [InlineData("a/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void What_a_system_gives_a_meaning_to_is_taken_out(string? given, string? safe) => Assert.Equal(safe, FileNames.Safe(given));
}
