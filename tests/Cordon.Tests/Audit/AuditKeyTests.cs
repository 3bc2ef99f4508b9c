using Cordon.Casework.Audit;

namespace Cordon.Tests.Audit;

public sealed class AuditKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cordon-audit-key").FullName;

    private string KeyFile => Path.Combine(folder, "keys", "audit.key");

    [Fact]
    public void A_key_is_made_once_and_read_again()
    {
        using var made = AuditKey.LoadOrCreate(KeyFile, "audit.example/log");
        using var read = AuditKey.LoadOrCreate(KeyFile, "audit.example/log");
        Assert.Equal(made.Verifier.ToString(), read.Verifier.ToString());
        Assert.True(made.Verifier.Verify("text"u8, read.Sign("text"u8)));
    }

    [Fact]
    public void A_new_key_file_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        AuditKey.Create(KeyFile, "audit.example/log").Dispose();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void A_key_file_open_to_others_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        AuditKey.Create(KeyFile, "audit.example/log").Dispose();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Throws<AuditKeyException>(() => AuditKey.LoadOrCreate(KeyFile, "audit.example/log"));
    }

    [Fact]
    public void An_existing_key_is_never_overwritten()
    {
        AuditKey.Create(KeyFile, "audit.example/log").Dispose();
        var before = File.ReadAllBytes(KeyFile);
        Assert.Throws<IOException>(() => AuditKey.Create(KeyFile, "audit.example/log"));
        Assert.Equal(before, File.ReadAllBytes(KeyFile));
    }

    [Fact]
    public void The_key_of_another_log_is_refused()
    {
        AuditKey.Create(KeyFile, "audit.example/log").Dispose();
        Assert.Throws<AuditKeyException>(() => AuditKey.LoadOrCreate(KeyFile, "audit.example/other"));
    }

    [Fact]
    public void A_torn_or_changed_key_file_is_refused()
    {
        AuditKey.Create(KeyFile, "audit.example/log").Dispose();
        var text = File.ReadAllText(KeyFile);
        foreach (var wrong in new[] { "", text[..^5], text.Replace("example", "exampel", StringComparison.Ordinal), "x" + text })
        {
            File.WriteAllText(KeyFile, wrong);
            Assert.Throws<AuditKeyException>(() => AuditKey.LoadOrCreate(KeyFile, "audit.example/log"));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
