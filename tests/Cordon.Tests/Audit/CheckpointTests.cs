using Cordon.Casework.Audit;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Audit;

public sealed class CheckpointTests
{
    // The published example of golang.org/x/mod/sumdb/note: the form and the key id are the world's, not our own.
    private const string PeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterSecret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n";
    private const string PeterText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PeterNote = PeterText + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string EnochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private const string EnochLine = "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    private static readonly AuditKey Key = AuditKey.FromSeed("audit.example/log", new byte[32]);
    private static readonly Checkpoint Sample = new("audit.example/log", 7, MerkleTree.LeafHash("root"u8), new Instant(1_772_439_300_000_000));

    [Fact]
    public void The_published_note_is_signed_and_checked_byte_for_byte()
    {
        Assert.True(AuditKey.TryParse(PeterSecret, out var secret));
        Assert.Equal(PeterKey, secret!.Verifier.ToString());
        Assert.Equal(PeterSecret, secret.ToFileText());
        Assert.Equal(PeterNote, SignedNote.Sign(PeterText, secret).ToString());
        Assert.Equal(NoteFault.None, SignedNote.TryParse(PeterNote, out var note));
        Assert.Equal(NoteFault.None, note!.Check(secret.Verifier));
        Assert.Equal(PeterNote, note.ToString());
    }

    [Fact]
    public void Signatures_of_other_keys_are_passed_over_and_kept()
    {
        Assert.True(VerifierKey.TryParse(EnochKey, out var enoch));
        Assert.True(VerifierKey.TryParse(PeterKey, out var peter));
        Assert.Equal(NoteFault.None, SignedNote.TryParse(PeterNote + EnochLine, out var note));
        Assert.Equal((NoteFault.None, NoteFault.None), (note!.Check(enoch!), note.Check(peter!)));
        Assert.Equal(PeterNote + EnochLine, note.ToString());
        Assert.Equal(NoteFault.NotSignedByKey, note.Check(Key.Verifier));
    }

    [Fact]
    public void A_false_signature_by_the_key_condemns_the_note_beside_a_true_one()
    {
        Assert.True(AuditKey.TryParse(PeterSecret, out var peter));
        var falseLine = SignedNote.Sign("another text\n", peter!).ToString().Split('\n')[2] + "\n";
        Assert.Equal(NoteFault.None, SignedNote.TryParse(PeterNote + falseLine, out var note));
        Assert.Equal(NoteFault.BadSignature, note!.Check(peter!.Verifier));
    }

    [Fact]
    public void A_checkpoint_has_the_lines_of_the_standard_and_opens_again()
    {
        var text = Sample.Sign(Key).ToString();
        Assert.Equal(["audit.example/log", "7", Sample.Root.ToString(), "at 2026-03-02T08:15:00Z", ""], text.Split('\n')[..5]);
        Assert.Equal(CheckpointFault.None, Checkpoint.TryOpen(text, Key.Verifier, out var read));
        Assert.Equal(Sample, read);
    }

    [Fact]
    public void Any_one_character_changed_is_found() =>
        Gen.Select(Gen.Int[0, Sample.Sign(Key).ToString().Length - 1], Gen.Char["abcXYZ019+/=\n \u2014"]).Sample((at, c) =>
        {
            var text = Sample.Sign(Key).ToString();
            if (text[at] == c) return;
            var changed = text[..at] + c + text[(at + 1)..];
            Assert.NotEqual(CheckpointFault.None, Checkpoint.TryOpen(changed, Key.Verifier, out var read));
            Assert.Null(read);
        }, iter: 2000);

    [Theory]
    [InlineData("o\n1\nROOT", nameof(CheckpointFault.MissingLine))]
    [InlineData("o\n1\n", nameof(CheckpointFault.MissingLine))]
    [InlineData("o\n\nROOT\n", nameof(CheckpointFault.EmptyLine))]
    [InlineData("\n1\nROOT\n", nameof(CheckpointFault.EmptyLine))]
    [InlineData("o\n1\nROOT\nmore\n\nmore\n", nameof(CheckpointFault.EmptyLine))]
    [InlineData("o\n01\nROOT\n", nameof(CheckpointFault.MalformedSize))]
    [InlineData("o\n-1\nROOT\n", nameof(CheckpointFault.MalformedSize))]
    [InlineData("o\n+1\nROOT\n", nameof(CheckpointFault.MalformedSize))]
    [InlineData("o\n1 \nROOT\n", nameof(CheckpointFault.MalformedSize))]
    [InlineData("o\n9223372036854775808\nROOT\n", nameof(CheckpointFault.MalformedSize))]
    [InlineData("o\n1\nROOT=\n", nameof(CheckpointFault.MalformedRoot))]
    [InlineData("o\n1\n ROOT\n", nameof(CheckpointFault.MalformedRoot))]
    [InlineData("o\n1\nAAAA\n", nameof(CheckpointFault.MalformedRoot))]
    [InlineData("o\n0\nROOT\n", nameof(CheckpointFault.RootOfNothing))]
    [InlineData("o\n1\nROOT\nat noon\n", nameof(CheckpointFault.MalformedTime))]
    [InlineData("o\n1\nROOT\nat 2026-03-02T08:15:00Z\nat 2026-03-02T08:15:00Z\n", nameof(CheckpointFault.MalformedTime))]
    [InlineData("o\n1\nROOT\nanother extension\n", nameof(CheckpointFault.None))]
    [InlineData("o\n1\nROOT\n", nameof(CheckpointFault.None))]
    public void Each_malformed_text_has_its_name(string text, string fault) =>
        Assert.Equal(fault, Checkpoint.TryParseText(text.Replace("ROOT", Sample.Root.ToString(), StringComparison.Ordinal), out _).ToString());

    [Fact]
    public void Each_malformed_note_has_its_name()
    {
        var good = Sample.Sign(Key).ToString();
        var line = good.Split('\n')[5];
        AssertFault(CheckpointFault.TooLarge, new string('x', SignedNote.MaxBytes + 1));
        AssertFault(CheckpointFault.TooLarge, good + string.Concat(Enumerable.Repeat(EnochLine, SignedNote.MaxSignatures)));
        AssertFault(CheckpointFault.NotText, good.Replace("\n", "\r\n", StringComparison.Ordinal));
        AssertFault(CheckpointFault.NotText, "\ud800" + good);
        AssertFault(CheckpointFault.NoSignatures, Sample.ToText());
        AssertFault(CheckpointFault.NoSignatures, Sample.ToText() + "\n");
        AssertFault(CheckpointFault.NoSignatures, good[..^1]);
        AssertFault(CheckpointFault.MalformedSignature, good.Replace("\u2014", "-", StringComparison.Ordinal));
        AssertFault(CheckpointFault.MalformedSignature, good.Replace(line, line + " x", StringComparison.Ordinal));
        AssertFault(CheckpointFault.MalformedSignature, good + "\u2014 a+b AAAAAAA=\n");
        AssertFault(CheckpointFault.NotSignedByKey, PeterNote);
        AssertFault(CheckpointFault.BadSignature, good.Replace("\n7\n", "\n8\n", StringComparison.Ordinal));
        AssertFault(CheckpointFault.OtherOrigin, SignedNote.Sign((Sample with { Origin = "audit.example/other" }).ToText(), Key).ToString());
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_no_note() =>
        Assert.Equal(NoteFault.NotText, SignedNote.TryParse([0xFF, 0x0A, 0x0A, 0x0A], out _));

    [Fact]
    public void A_key_signs_for_its_own_log_only() =>
        Assert.Throws<ArgumentException>(() => (Sample with { Origin = "audit.example/other" }).Sign(Key));

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("")]
    public void A_verifier_key_that_does_not_hold_together_is_refused(string text) =>
        Assert.False(VerifierKey.TryParse(text, out _));

    private static void AssertFault(CheckpointFault fault, string text)
    {
        Assert.Equal(fault, Checkpoint.TryOpen(text, Key.Verifier, out var read));
        Assert.Null(read);
    }
}
