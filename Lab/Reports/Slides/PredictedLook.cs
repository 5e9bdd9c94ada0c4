using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>How what is predicted looks: by a formula as a whole line or a diamond, by the model dashed or as a triangle.</summary>
static class PredictedLook
{
    public static string Word(Law? law) => law?.Kind switch
    {
        LawKind.Formula => "formula",
        LawKind.Model => "model",
        _ => "theory",
    };

    public static string? Dash(Law? law) => IsModel(law) ? "9 6" : null;

    public static Shape Shape(Law? law) => IsModel(law) ? Slides.Shape.Downwards : Slides.Shape.Diamond;

    static bool IsModel(Law? law) => law?.Kind == LawKind.Model;
}
