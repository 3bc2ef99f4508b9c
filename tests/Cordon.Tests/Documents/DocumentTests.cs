using System.Text;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Liability;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Tests.Duties;
using Cordon.Tests.Liability;
using Cordon.Tests.Rectifications;

namespace Cordon.Tests.Documents;

public sealed class DocumentTests
{
    [Theory]
    [InlineData("sg-drained-account")]
    [InlineData("sg-alerts-unknown")]
    [InlineData("uk-above-the-cap")]
    public void A_statement_as_a_document_leaves_out_no_sentence_source_record_share_or_question(string name)
    {
        var statement = WorkedCaseTests.Judge(name);
        var document = StatementDocument.Of(statement, [], ShippedPack.Of(name[..2]).UtcOffset);
        foreach (var (text, of) in new[] { (document.Zh, (Func<Wording, string>)(w => w.Zh)), (document.En, w => w.En) })
        {
            foreach (var sentence in statement.Sentences)
            {
                Assert.Contains(of(sentence.Text), text, StringComparison.Ordinal);
                Assert.All(sentence.Sources, s => Assert.Contains(of(s.Citation), text, StringComparison.Ordinal));
                Assert.All(sentence.Records, r => Assert.Contains(r, text, StringComparison.Ordinal));
            }
            Assert.All(statement.Shares, s => Assert.Contains(s.Net.ToString(), text, StringComparison.Ordinal));
            Assert.All(statement.Open, q => Assert.Contains(of(q.Question), text, StringComparison.Ordinal));
        }
        Assert.Equal(document, StatementDocument.Of(statement, [], ShippedPack.Of(name[..2]).UtcOffset));
    }

    [Fact]
    public void A_listing_as_a_document_says_reason_basis_effect_dates_limit_and_appeal()
    {
        var step = LadderGuardTests.Step(Rung.Listing);
        var document = StepDocument.Of(step, new Wording("甲银行", "Bank A"));
        Assert.StartsWith($"挂牌督办决定书 {step.Number}\n单位：甲银行", document.Zh, StringComparison.Ordinal);
        foreach (var said in new[] { step.ReasonEn, step.Basis.En, "Limit: ", "It can be appealed once until ", step.Effects[0].Source.En, "no titles of honour" })
            Assert.Contains(said, document.En, StringComparison.Ordinal);
        foreach (var said in new[] { step.ReasonZh, step.Basis.Zh, "整改期限：", "可于" }) Assert.Contains(said, document.Zh, StringComparison.Ordinal);
        Assert.Contains("A draft of", StepDocument.Of(LadderGuardTests.Step(Rung.Listing, issued: false), new Wording("", "")).En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_drawn_over_as_many_pages_as_it_takes_and_without_a_font_it_says_so()
    {
        var statement = WorkedCaseTests.Judge("sg-drained-account");
        var document = StatementDocument.Of(statement, [], ShippedPack.Of("sg").UtcOffset);
        Assert.Equal("document/no-font", new DocumentPrinter("/no/such/font.ttc").Print(document).Refusal!.Code);
        Assert.SkipWhen(DocumentPdf.FindFont(null) is null, "No font that shows Chinese (./test installs fonts-noto-cjk).");
        var pdf = new DocumentPrinter(null).Print(document).Value;
        Assert.Equal("%PDF", Encoding.ASCII.GetString(pdf, 0, 4));
        Assert.True(Pages(pdf) >= 2, $"{Pages(pdf)} pages");
        var kept = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "notices")).FullName;
        File.WriteAllBytes(Path.Combine(kept, "statement.pdf"), pdf);
        File.WriteAllBytes(Path.Combine(kept, "listing.pdf"), new DocumentPrinter(null).Print(StepDocument.Of(LadderGuardTests.Step(Rung.Listing), new Wording("甲银行", "Bank A"))).Value);
    }

    private static int Pages(byte[] pdf) => Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1;
}
