using Cordon.Casework.Cases;

namespace Cordon.Casework.Findings;

/// <summary>What is measured at questions.</summary>
internal static class QuestionControls
{
    /// <summary>A question was answered by when it says; silence is a breach of its own, whatever the answer would have been.</summary>
    public static Judgement Answered(QuestionLink question, ChainView view)
    {
        var answered = question.AnsweredAt is { } at && at <= view.Now ? question.AnsweredAt : null;
        var standing = answered is { } done ? done <= question.AnswerDue ? Standing.Kept : Standing.Breached : view.Now > question.AnswerDue ? Standing.Breached : Standing.Unknown;
        return new Judgement(
            standing,
            [
                new Reason("question", question.Number),
                new Reason("askedAt", question.At.ToString()),
                new Reason("answeredAt", answered?.ToString() ?? "never", question.AnswerDue.ToString()),
            ],
            view.Money(0));
    }
}
